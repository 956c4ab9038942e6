"""views.*: modals and home tabs."""

from bot.sandbox.arguments import Arguments, Refused
from bot.sandbox.blocks import view_problems
from bot.sandbox.methods.method import Desk, method
from bot.sandbox.modals import MOST_STACKED, Modal
from bot.sandbox.objects import view_object
from bot.sandbox.workspace import Change
from bot.sandbox.world import Json


@method("views.open", required="trigger_id view", optional="interactivity_pointer")
def open_(desk: Desk, arguments: Arguments) -> Json:
    """A modal for the person whose action the trigger is."""
    view = _view(arguments, "modal")
    _unique(desk, view)
    user = desk.interactions.triggers.use(arguments.text("trigger_id"))
    return _announced(desk, desk.workspace.modals.open(user, view), "view")


@method("views.push", required="trigger_id view", optional="interactivity_pointer")
def push(desk: Desk, arguments: Arguments) -> Json:
    """A modal on top of the one that is open."""
    view = _view(arguments, "modal")
    _unique(desk, view)
    user = desk.interactions.triggers.use(arguments.text("trigger_id"))
    stack = desk.workspace.modals.of(user)
    if not stack:
        raise Refused("not_found")
    if len(stack) >= MOST_STACKED:
        raise Refused("push_limit_reached")
    return _announced(desk, desk.workspace.modals.open(user, view, on=stack[-1]), "view")


@method("views.update", required="view", optional="view_id external_id hash")
def update(desk: Desk, arguments: Arguments) -> Json:
    """Something else in an open view."""
    modal = desk.workspace.modals.find(arguments.text("view_id"), arguments.text("external_id"))
    if modal is None:
        raise Refused("not_found")
    view = _view(arguments, "home" if modal.is_home else "modal")
    _same(modal, arguments)
    _unique(desk, view, modal)
    desk.workspace.modals.change(modal, view)
    return _announced(desk, modal, "home" if modal.is_home else "view")


@method("views.publish", required="user_id view", optional="hash")
def publish(desk: Desk, arguments: Arguments) -> Json:
    """A person's home tab."""
    user = arguments.text("user_id")
    if user not in desk.workspace.world.people:
        raise Refused("user_not_found")
    view = _view(arguments, "home")
    before = desk.workspace.modals.homes.get(user)
    if before:
        _same(before, arguments)
    return _announced(desk, desk.workspace.modals.publish(user, view), "home")


def _view(arguments: Arguments, kind: str) -> Json:
    view = arguments.structure("view")
    problems = view_problems(view, kind)
    if problems:
        raise Refused("invalid_arguments", [str(problem) for problem in problems])
    return dict(view)


def _same(modal: Modal, arguments: Arguments) -> None:
    if arguments.text("hash") not in ("", modal.hash):
        raise Refused("hash_conflict")


def _unique(desk: Desk, view: Json, modal: Modal | None = None) -> None:
    external_id = view.get("external_id", "")
    found = desk.workspace.modals.find(external_id=external_id) if external_id else None
    if found and found is not modal:
        raise Refused("duplicate_external_id")


def _announced(desk: Desk, modal: Modal, kind: str) -> Json:
    desk.workspace.announce(Change(kind, user=modal.user, modal=modal))
    return {"view": view_object(modal, desk.workspace.world)}
