"""auth.test, api.test and apps.connections.open: the app itself."""

from bot.sandbox.arguments import Arguments, Refused
from bot.sandbox.methods.method import Desk, method
from bot.sandbox.world import Json


@method("api.test", optional="error foo", caller="anybody")
def api_test(_desk: Desk, arguments: Arguments) -> Json:
    """An echo, or the error that was asked for."""
    if arguments.text("error"):
        raise Refused(arguments.text("error"), args=arguments.given)
    return {"args": arguments.given}


@method("auth.test")
def auth_test(desk: Desk, _arguments: Arguments) -> Json:
    """Who the token belongs to."""
    world = desk.workspace.world
    return {
        "url": desk.url + "/",
        "team": world.team_name,
        "team_id": world.team_id,
        "user": world.app.name.lower(),
        "user_id": world.app.user_id,
        "bot_id": world.app.bot_id,
        "is_enterprise_install": False,
    }


@method("apps.connections.open", caller="app")
def open_connection(desk: Desk, _arguments: Arguments) -> Json:
    """A single-use address for a Socket Mode connection."""
    return {"url": f"{desk.url.replace('http', 'ws', 1)}/link?ticket={desk.tickets()}"}
