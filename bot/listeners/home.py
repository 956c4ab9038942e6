"""The home tab: a person's open drafts, what waits for a decision, and quick help."""

from typing import Any

from slack_bolt.async_app import AsyncApp

from bot.board import Summary
from bot.cards.home import HomeLine, home
from bot.listeners.services import Services


def register(app: AsyncApp, services: Services) -> None:
    """Listen to the home tab being opened."""

    async def opened(event: dict[str, Any]) -> None:
        if event.get("tab", "home") == "home":
            services.errands.run(publish(services, event["user"]))

    app.event("app_home_opened")(opened)


async def publish(services: Services, person: str) -> None:
    """Show a person their home tab as it is now."""
    who = await services.parts.people.reviewer(person)
    # What customers wrote is shown to those who decide on it, and to nobody else who opens the app.
    waiting = await services.parts.board.waiting() if who.roles else []
    view = home(
        [_line(each) for each in await services.parts.board.mine(person)],
        [_line(each) for each in waiting],
        on=await services.status.is_on(),
        documents=await services.parts.desk.count_in_force(),
    )
    await services.client.views_publish(user_id=person, view=view)


def _line(summary: Summary) -> HomeLine:
    return HomeLine(
        title=summary.title,
        status=summary.state,
        number=summary.number,
        requested_by=summary.requested_by,
        created_at=summary.created_at,
    )
