"""TeamFile: the keys of `desk.yaml` that say where the desk works and who has which role."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Annotated, TypeVar

from pydantic import AfterValidator, Field

from knowledge import team
from knowledge.documents.front_matter import Id
from knowledge.helpdesk_file import HelpdeskFile
from knowledge.yaml_file import Text, YamlFile, did_you_mean, shown


def _like(pattern: str, what: str, remedy: str) -> Callable[[str], str]:
    """A check that a text has the form of an id or name of Slack."""

    def check(value: str) -> str:
        if not re.fullmatch(pattern, value):
            raise ValueError(f"{shown(value)} is not {what}; {remedy}")
        return value

    return check


_Channel = Annotated[
    str,
    AfterValidator(
        _like(
            "[CG][A-Z0-9]{5,20}",
            "a channel id",
            "copy the channel id from the channel's details in Slack, such as C0123ABC",
        )
    ),
]
_Member = Annotated[
    str,
    AfterValidator(
        _like(
            "[SUW][A-Z0-9]{5,20}",
            "the id of a person or user group",
            "copy the member id from the person's profile in Slack, such as U0123ABC, or the user group's id",
        )
    ),
]
_Audience = Annotated[
    str,
    AfterValidator(
        _like(
            "[CGSUW][A-Z0-9]{5,20}",
            "the id of a channel, a user group or a person",
            "copy the id from the details of the channel or the profile of the person in Slack, such as C0123ABC",
        )
    ),
]
_Emoji = Annotated[
    str,
    AfterValidator(
        _like(
            r"[\w+'-]{1,100}",
            "the name of an emoji",
            "write its name without colons and skin tone, such as white_check_mark",
        )
    ),
]


class ChannelsEntry(team.Channels):
    """The channels as `desk.yaml` writes them."""

    intake: tuple[_Channel, ...] = ()
    escalations: _Channel = ""
    documents: _Channel = ""
    report: _Channel = ""


class RolesEntry(team.Roles):
    """The roles as `desk.yaml` writes them."""

    agents: tuple[_Member, ...] = ()
    seniors: tuple[_Member, ...] = ()
    document_owners: tuple[_Member, ...] = ()


class EmojiEntry(team.Emoji):
    """The emoji as `desk.yaml` writes them; a list takes the place of the built-in one."""

    approve: tuple[_Emoji, ...] = team.Emoji().approve
    edit: tuple[_Emoji, ...] = team.Emoji().edit
    reject: tuple[_Emoji, ...] = team.Emoji().reject
    escalate: tuple[_Emoji, ...] = team.Emoji().escalate
    redraft: tuple[_Emoji, ...] = team.Emoji().redraft
    claim: tuple[_Emoji, ...] = team.Emoji().claim


class TeamFile(HelpdeskFile):
    """The part of `desk.yaml` that makes a `Team`."""

    channels: ChannelsEntry = ChannelsEntry()
    routes: dict[Text, _Channel] = Field(default_factory=dict)
    roles: RolesEntry = RolesEntry()
    emoji: EmojiEntry = EmojiEntry()
    review: team.ReviewRules = team.ReviewRules()
    report: team.ReportRules = team.ReportRules()
    audiences: dict[Id, frozenset[_Audience]] = Field(default_factory=dict)

    def team(self) -> team.Team:
        """The team it describes."""
        written = self.model_dump(include=set(team.Team.model_fields) - {"helpdesks"})
        return team.Team.model_validate({**written, "helpdesks": self.named()})


F = TypeVar("F", bound=TeamFile)


def unknown_routes(file: YamlFile[F], used: Iterable[str]) -> Iterator[str]:
    """A sentence for each route that no category uses."""
    known = sorted({route for route in used if route})
    for route in file.content.routes:
        if route not in known:
            remedy = did_you_mean(route, known, "use the words of a category's route there, or remove it here")
            yield file.problem(f"{shown(route)} is not a route of escalation.yaml; {remedy}", "routes", route)


def double_emoji(file: YamlFile[F]) -> Iterator[str]:
    """A sentence for each emoji that stands for two things."""
    emoji = file.content.emoji
    first: dict[str, tuple[str, int]] = {}
    for name, meaning, place in emoji.meanings():
        other, at = first.setdefault(name, (meaning, place))
        if other != meaning:
            # What is not written in the file has no line there.
            written = (meaning, place) if meaning in emoji.model_fields_set else (other, at)
            yield file.problem(
                f"{shown(name)} stands for {other} and for {meaning}; keep one of them", "emoji", *written
            )
