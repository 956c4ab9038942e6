"""Tokens: what other systems let us read with, from the environment, by the names of desk.yaml."""

from collections.abc import Mapping
from pathlib import Path

from pydantic import SecretStr


class Tokens:
    """The tokens of helpdesks and sources."""

    def __init__(self, tokens: Mapping[str, SecretStr]) -> None:
        """By the names of desk.yaml, with _ for -."""
        self._tokens = tokens

    def __contains__(self, name: str) -> bool:
        return key(name) in self._tokens

    def read(self, name: str) -> str:
        """The token, or empty where there is none. Raises `OSError` where the file that holds it cannot be read."""
        token = self._tokens.get(key(name))
        value = token.get_secret_value() if token else ""
        # A token that is renewed outside, such as one that lives for two days.
        return Path(value[1:]).read_text(encoding="utf-8").strip() if value.startswith("@") else value


def token_variable(name: str) -> str:
    """The environment variable that holds a token."""
    return f"PROOFDESK_TOKEN_{key(name).upper()}"


def key(name: str) -> str:
    """How a name of desk.yaml stands in the environment."""
    return name.replace("-", "_")
