"""Payload: the shape of what a helpdesk answers. Only what is used is named; everything else is passed over."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict


class Payload(BaseModel):
    """A JSON object of a helpdesk."""

    model_config = ConfigDict(frozen=True, extra="ignore", coerce_numbers_to_str=True)


def _text(value: Any) -> Any:
    return "" if value is None else value


def _list(value: Any) -> Any:
    return () if value is None else value


def _aware(value: datetime) -> datetime:
    return value if value.tzinfo else value.replace(tzinfo=UTC)


Text = Annotated[str, BeforeValidator(_text)]
"""A text; null is an empty one, a number its digits."""
Moment = Annotated[datetime, AfterValidator(_aware)]
"""A moment: ISO 8601, or seconds since 1970; UTC where no zone is named."""


def fields_of(values: Mapping[str, Any]) -> dict[str, str]:
    """A helpdesk's fields as texts; those without a value, and those of several parts, are left out."""
    return {
        name: str(value).strip()
        for name, value in values.items()
        if isinstance(value, str | int | float) and not isinstance(value, bool) and str(value).strip()
    }
