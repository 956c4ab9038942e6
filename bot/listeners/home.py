"""The home tab: a person's open drafts, what waits for a decision, and quick help."""

from typing import Any

from slack_bolt.async_app import AsyncApp

from bot.board import Summary
from bot.cards.home import HomeLine, home
from bot.listeners.services import Services
from knowledge.drafting.review import ChannelKind, Kind


def register(app: AsyncApp, services: Services) -> None:
    """Listen to the home tab being opened."""

    async def opened(event: dict[str, Any]) -> None:
        if event.get("tab", "home") == "home":
            services.errands.run(publish(services, event["user"]))

    app.event("app_home_opened")(opened)


async def publish(services: Services, person: str) -> None:
    """Show a person their home tab as it is now."""
    who = await services.parts.people.reviewer(person)
    # What customers wrote is shown to those who decide on it, and only where everybody of the workspace may read it.
    waiting = await services.parts.board.waiting() if who.roles else []
    public = {
        channel: await services.parts.people.channel(channel) is ChannelKind.PUBLIC
        for channel in {each.place.channel for each in waiting}
    }
    view = home(
        [await _line(services, each) for each in await services.parts.board.mine(person)],
        [await _line(services, each) for each in waiting if public[each.place.channel]],
        (await services.status.figures()).sections if who.kind is Kind.MEMBER else (),
        on=await services.status.is_on(),
        documents=await services.parts.desk.library.catalogue.count_in_force(),
    )
    await services.client.views_publish(user_id=person, view=view)


async def _line(services: Services, summary: Summary) -> HomeLine:
    return HomeLine(
        title=summary.title,
        status=summary.state,
        number=summary.number,
        requested_by=summary.requested_by,
        created_at=summary.created_at,
        link=await services.parts.messenger.link(summary.place) if summary.place.message else "",
    )
