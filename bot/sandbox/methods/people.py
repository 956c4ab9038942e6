"""users.*, usergroups.*, team.* and bots.*: who is who."""

from bot.sandbox.arguments import Arguments, Refused
from bot.sandbox.methods.method import Desk, method
from bot.sandbox.methods.pages import cut
from bot.sandbox.objects import bot_profile, group_object, user_object
from bot.sandbox.world import Json


@method("users.info", scope="users:read", required="user", optional="include_locale")
def user_info(desk: Desk, arguments: Arguments) -> Json:
    """One person."""
    person = desk.workspace.member(arguments.text("user"))
    if person is None:
        raise Refused("user_not_found")
    return {"user": user_object(person)}


@method("users.list", scope="users:read", optional="cursor include_locale limit")
def user_list(desk: Desk, arguments: Arguments) -> Json:
    """Everybody."""
    page, more = cut(list(desk.workspace.world.people.values()), arguments, most=1000)
    return {"members": [user_object(person) for person in page], **more}


@method("usergroups.list", scope="usergroups:read", optional="include_count include_disabled include_users")
def group_list(desk: Desk, arguments: Arguments) -> Json:
    """The user groups."""
    world = desk.workspace.world
    groups = [g for g in world.groups.values() if arguments.flag("include_disabled") or not g.disabled]
    return {"usergroups": [group_object(g, world, users=arguments.flag("include_users")) for g in groups]}


@method("usergroups.users.list", scope="usergroups:read", required="usergroup", optional="include_disabled")
def group_users(desk: Desk, arguments: Arguments) -> Json:
    """The people in a user group."""
    group = desk.workspace.world.groups.get(arguments.text("usergroup"))
    if group is None or (group.disabled and not arguments.flag("include_disabled")):
        raise Refused("no_such_subteam")
    return {"users": list(group.users)}


@method("team.info", scope="team:read", optional="team domain include_slackbot_availability")
def team_info(desk: Desk, arguments: Arguments) -> Json:
    """The workspace itself."""
    world = desk.workspace.world
    if arguments.text("team") not in ("", world.team_id):
        raise Refused("team_not_found")
    domain = world.team_name.lower()
    return {"team": {"id": world.team_id, "name": world.team_name, "domain": domain, "url": desk.url + "/"}}


@method("bots.info", scope="users:read", optional="bot")
def bot_info(desk: Desk, arguments: Arguments) -> Json:
    """The app as a bot."""
    world = desk.workspace.world
    if arguments.text("bot") not in ("", world.app.bot_id):
        raise Refused("bot_not_found")
    return {"bot": bot_profile(world.app, world.team_id) | {"user_id": world.app.user_id}}
