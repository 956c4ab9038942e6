"""Thresholds: how many test tickets must be right for an evaluation to pass."""

from pydantic import Field

from knowledge.drafting.frozen import Frozen


class Thresholds(Frozen):
    """Percent of the test tickets that must be right, by question and in all; written under `eval` in `desk.yaml`."""

    facts: int = Field(default=80, ge=0, le=100)
    promises: int = Field(default=100, ge=0, le=100)
    missing: int = Field(default=90, ge=0, le=100)
    escalations: int = Field(default=95, ge=0, le=100)
    sendable: int = Field(default=50, ge=0, le=100)
    overall: int = Field(default=80, ge=0, le=100)
    light_edit: int = Field(default=20, ge=0, le=100)
    """Of a hundred words of the reply that was sent, how many may be changed for light editing."""
