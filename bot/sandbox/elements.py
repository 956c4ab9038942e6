"""Elements: the interactive parts of blocks, and what stands in them."""

from collections.abc import Iterator, Sequence

from bot.sandbox.world import Json

_STATE_KEYS = {
    "initial_value": "value",
    "initial_option": "selected_option",
    "initial_options": "selected_options",
    "initial_date": "selected_date",
    "initial_time": "selected_time",
    "initial_user": "selected_user",
    "initial_users": "selected_users",
    "initial_channel": "selected_channel",
    "initial_conversation": "selected_conversation",
}
_EMPTY = {
    "plain_text_input": "value",
    "static_select": "selected_option",
    "radio_buttons": "selected_option",
    "checkboxes": "selected_options",
    "datepicker": "selected_date",
    "users_select": "selected_user",
    "channels_select": "selected_channel",
    "conversations_select": "selected_conversation",
}


def elements_of(block: Json) -> Iterator[Json]:
    """The elements of one block: its accessory, its input, its buttons, and a context's images."""
    for key in ("accessory", "element"):
        if isinstance(block.get(key), dict):
            yield block[key]
    if block.get("type") in ("actions", "context", "context_actions"):
        parts = block.get("elements")
        for part in parts if isinstance(parts, list) else ():
            if isinstance(part, dict) and part.get("type") not in ("mrkdwn", "plain_text"):
                yield part


def find(
    blocks: Sequence[Json], action_id: str, block_id: str | None = None, value: str | None = None
) -> tuple[str, Json] | None:
    """The block and the element that an action id names, if they are there; of equal buttons the one of a value."""
    for block in blocks:
        if block_id is not None and block.get("block_id") != block_id:
            continue
        for element in elements_of(block):
            other = element.get("type") == "button" and value is not None and element.get("value", "") != value
            if element.get("action_id") == action_id and not other:
                return str(block.get("block_id", "")), element
    return None


def chosen(element: Json, value: str | None, option: Json | str | list[Json] | None) -> Json | None:
    """What an action says was typed or chosen; None if the element does not offer that."""
    kind = element["type"]
    if kind == "button":
        return {}
    if "options" not in element:
        return {_EMPTY.get(kind, "value"): value}
    wanted = option if isinstance(option, list) else [option if option is not None else value]
    values = [each.get("value") if isinstance(each, dict) else each for each in wanted]
    picked = [each for each in element["options"] if each.get("value") in values]
    if len(picked) != len(values) or not (picked or kind == "checkboxes"):
        return None
    return {"selected_options": picked} if kind == "checkboxes" else {"selected_option": picked[0]}


def state_of(blocks: Sequence[Json]) -> dict[str, dict[str, Json]]:
    """What stands in every field before anybody touches it, by block and action."""
    state: dict[str, dict[str, Json]] = {}
    for block in blocks:
        for element in elements_of(block):
            kind = str(element.get("type"))
            if kind not in _EMPTY:
                continue
            empty: object = [] if kind == "checkboxes" else None
            value: Json = {"type": kind, _EMPTY[kind]: empty}
            value |= {_STATE_KEYS[key]: given for key, given in element.items() if key in _STATE_KEYS}
            state.setdefault(block["block_id"], {})[element["action_id"]] = value
    return state


def is_empty(value: Json) -> bool:
    """Whether nothing stands in a field."""
    return not any(given for key, given in value.items() if key != "type")
