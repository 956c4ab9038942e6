"""Payload: the shape of what a helpdesk answers. Only what is used is named; everything else is passed over."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Any, Generic, TypeVar

from pydantic import (
    AfterValidator,
    AliasChoices,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    RootModel,
    StringConstraints,
)
from pydantic.alias_generators import to_camel


class Payload(BaseModel):
    """A JSON object of a helpdesk."""

    model_config = ConfigDict(frozen=True, extra="ignore", coerce_numbers_to_str=True)


class CamelPayload(Payload):
    """A JSON object whose names are written likeThis."""

    model_config = ConfigDict(alias_generator=to_camel)


P = TypeVar("P", bound=Payload)
T = TypeVar("T")


class Listing(RootModel[tuple[P, ...]], Generic[P]):
    """A JSON array of such objects, in `root`."""


def _text(value: Any) -> Any:
    return "" if value is None else value


def _list(value: Any) -> Any:
    return () if value is None else value


def _aware(value: datetime) -> datetime:
    return value if value.tzinfo else value.replace(tzinfo=UTC)


Text = Annotated[str, BeforeValidator(_text)]
"""A text; null is an empty one, a number its digits."""
Key = Annotated[str, StringConstraints(pattern=r"^[\w-]+$")]
"""A helpdesk's own id for something; it may stand in a path."""
Moment = Annotated[datetime, AfterValidator(_aware)]
"""A moment: ISO 8601, or seconds since 1970; UTC where no zone is named."""
Many = Annotated[tuple[T, ...], BeforeValidator(_list)]
"""A list; null is an empty one."""


class Named(Payload):
    """Something with a name, such as a tag."""

    name: Text = ""


class Person(Payload):
    """Somebody with a name of two parts."""

    first: Text = Field("", validation_alias=AliasChoices("first", "first_name"))
    last: Text = Field("", validation_alias=AliasChoices("last", "last_name"))

    @property
    def name(self) -> str:
        """Both parts."""
        return f"{self.first} {self.last}".strip()


class File(Payload):
    """Something that came with a message."""

    name: Text = Field("", validation_alias=AliasChoices("name", "file_name", "filename"))


def names_of(files: tuple[File, ...]) -> tuple[str, ...]:
    """What people call the files."""
    return tuple(file.name or "a file" for file in files)


def stars(given: int | None) -> str:
    """What a customer gave, of five; empty where nothing was given."""
    return f"{given} of 5" if given is not None else ""


def fields_of(values: Mapping[str, Any]) -> dict[str, str]:
    """A helpdesk's fields as texts; those without a value, and those of several parts, are left out."""
    return {
        name: str(value).strip()
        for name, value in values.items()
        if isinstance(value, str | int | float) and not isinstance(value, bool) and str(value).strip()
    }
