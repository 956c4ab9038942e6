"""SlackPeople: who people are and what they may do, read from Slack at the moment of a decision. Fails closed."""

import asyncio
import logging
from collections.abc import Callable, Collection, Mapping
from typing import Any, TypeVar

from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import Undelivered
from bot.slack.client import call
from bot.slack.reading import Merged, Remembered
from bot.slack.refusals import Limited, Refusal
from bot.slack.throttle import Throttle
from knowledge.drafting.guard import inert
from knowledge.drafting.review import ChannelKind, Kind, Reviewer, Role
from knowledge.team import Team

_Name = TypeVar("_Name")
_LOG = logging.getLogger(__name__)
_SLACKBOT = "USLACKBOT"
_A_MINUTE = 60.0
_LONGEST_NAME = 80
_AT_ONCE = 1.0
"""Seconds; a window that is to open waits for no more, because Slack waits for three."""
_UNHURRIED = 8
"""How many times longer than a decision may drafting wait for Slack."""
_NOBODY = frozenset({"no_such_subteam", "subteam_not_found", "no_users_provided", "not_found"})
"""How Slack says that a user group is missing or switched off."""


class SlackPeople:
    """The people of one workspace. What cannot be read just now is unknown, and unknown people decide nothing."""

    def __init__(
        self,
        client: AsyncWebClient,
        team_id: str,
        team: Callable[[], Team],
        throttle: Throttle,
        within: float = 8.0,
    ) -> None:
        """`within` is how many seconds a decision waits for Slack; drafting is nobody's hurry and waits for longer."""
        self._client = client
        self._team_id = team_id
        self._team = team
        self._throttle = throttle
        self._within = within
        self._kinds = Remembered[Kind](_A_MINUTE)
        self._with_roles = Remembered[Reviewer](_A_MINUTE)
        self._reads = Merged[Mapping[str, Any]](throttle)

    async def reviewer(self, person: str) -> Reviewer:
        """A person with the roles the desk gives them, nothing of it remembered from before."""
        given = self._team().roles
        return await self._with(person, {Role.AGENT: given.agents, Role.SENIOR: given.seniors})

    async def owner(self, person: str) -> Reviewer:
        """A person, as an owner of documents if the desk names them so; nothing of it remembered from before."""
        return await self._with(person, {Role.OWNER: self._team().roles.document_owners})

    async def audiences(self, person: str) -> frozenset[str]:
        """Names of the audiences that a person belongs to; none where that cannot be read just now."""
        try:
            async with asyncio.timeout(self._within):
                return await self._among(person, self._team().audiences)
        except (ExceptionGroup, TimeoutError) as unread:
            _LOG.warning("person_unread", extra={"person": person, "reason": _reasons(unread)})
            return frozenset()

    async def _with(self, person: str, roles_: Mapping[Role, tuple[str, ...]]) -> Reviewer:
        try:
            async with asyncio.timeout(self._within), asyncio.TaskGroup() as reading:
                user = reading.create_task(self._user(person))
                roles = reading.create_task(self._among(person, roles_))
        except (ExceptionGroup, TimeoutError) as unread:
            _LOG.warning("person_unread", extra={"person": person, "reason": _reasons(unread)})
            return Reviewer(id=person, kind=Kind.UNKNOWN)
        kind, name = user.result()
        allowed = roles.result() if kind is Kind.MEMBER else frozenset[Role]()
        return Reviewer(id=person, kind=kind, roles=allowed, name=name)

    async def may_try(self, person: str) -> bool:
        """Whether it is worth asking a person what they want, as of the last minute; yes where that takes too long.

        What they then want is decided by `reviewer`.
        """
        try:
            async with asyncio.timeout(_AT_ONCE):
                known = await self._with_roles.get(person, lambda: self.reviewer(person))
        except TimeoutError:
            return True
        return bool(known.roles) or known.kind is Kind.UNKNOWN

    async def kind(self, person: str) -> Kind:
        """Who a person is, as it was within the last minute: enough to draft for them, never to let them decide."""
        try:
            async with asyncio.timeout(self._within * _UNHURRIED):
                return await self._kinds.get(person, lambda: self._kind(person))
        except (Undelivered, TimeoutError, LookupError, TypeError) as unread:
            _LOG.warning("person_unread", extra={"person": person, "reason": type(unread).__name__})
            return Kind.UNKNOWN

    async def channel(self, channel: str) -> ChannelKind:
        """Who can read a channel, as it is now."""
        try:
            async with asyncio.timeout(self._within * _UNHURRIED):
                found = (await self._read("conversations.info", channel=channel))["channel"]
                return _channel_kind(found) if found["id"] == channel else ChannelKind.UNKNOWN
        except (Undelivered, TimeoutError, LookupError, TypeError) as unread:
            _LOG.warning("channel_unread", extra={"channel": channel, "reason": type(unread).__name__})
            return ChannelKind.UNKNOWN

    async def _kind(self, person: str) -> Kind:
        return (await self._user(person))[0]

    async def _user(self, person: str) -> tuple[Kind, str]:
        """Who a person is, and what people call them."""
        user = (await self._read("users.info", user=person))["user"]
        if user["id"] != person:
            return Kind.UNKNOWN, ""
        profile = user.get("profile") or {}
        name = profile.get("real_name") or user.get("real_name") or profile.get("display_name") or ""
        return _kind(user, self._team_id), inert(str(name))[:_LONGEST_NAME]

    async def _among(self, person: str, named: Mapping[_Name, Collection[str]]) -> frozenset[_Name]:
        """The names under which a person stands, or a group that has the person."""
        groups = {id_ for ids in named.values() if person not in ids for id_ in ids if id_.startswith("S")}
        async with asyncio.TaskGroup() as reading:
            members = {group: reading.create_task(self._members(group)) for group in groups}
        return frozenset(
            name
            for name, ids in named.items()
            if person in ids or any(person in members[id_].result() for id_ in ids if id_ in members)
        )

    async def _members(self, group: str) -> frozenset[str]:
        try:
            found = await self._read("usergroups.users.list", usergroup=group)
        except Refusal as refusal:
            if refusal.code in _NOBODY:
                return frozenset()
            raise
        return frozenset(found["users"])

    async def _read(self, method: str, **which: str) -> Mapping[str, Any]:
        async def ask() -> Mapping[str, Any]:
            try:
                return await call(self._client, method, **which)
            except Limited as limited:
                self._throttle.hold(method, "", limited.seconds)
                raise

        try:
            return await self._reads.get(method, tuple(which.items()), ask)
        except Limited:
            # Held for as long as Slack says, this waits its turn; whoever asks gives up in time.
            return await self._reads.get(method, tuple(which.items()), ask)


def _kind(user: Mapping[str, Any], team_id: str) -> Kind:
    """`is_stranger` is not asked: it is false for an outsider who shares a channel with us."""
    teams = {user["team_id"], *(user.get("enterprise_user") or {}).get("teams", ())}
    refusals = {
        Kind.DEACTIVATED: user.get("deleted"),
        Kind.WORKFLOW: user.get("is_workflow_bot"),
        Kind.BOT: user.get("is_bot") or user["id"] == _SLACKBOT,
        Kind.OUTSIDER: team_id not in teams,
        Kind.SINGLE_CHANNEL_GUEST: user.get("is_ultra_restricted"),
        Kind.GUEST: user.get("is_restricted"),
    }
    return next((kind for kind, applies in refusals.items() if applies), Kind.MEMBER)


def _channel_kind(channel: Mapping[str, Any]) -> ChannelKind:
    kinds = {
        ChannelKind.SHARED: channel.get("is_ext_shared") or channel.get("is_pending_ext_shared"),
        ChannelKind.DIRECT: channel.get("is_im"),
        ChannelKind.GROUP_DIRECT: channel.get("is_mpim"),
        ChannelKind.PRIVATE: channel.get("is_private"),
    }
    return next((kind for kind, applies in kinds.items() if applies), ChannelKind.PUBLIC)


def _reasons(unread: Exception) -> str:
    causes = unread.exceptions if isinstance(unread, ExceptionGroup) else [unread]
    return ", ".join(type(cause).__name__ for cause in causes)
