"""Numbers for people."""


def counted(number: int, noun: str, many: str = "") -> str:
    """A number with its noun, such as `2 sources`, or with a plural of its own `2 replies`."""
    return f"{number:,} {noun if number == 1 else many or noun + 's'}"


def span(seconds: float) -> str:
    """A time that passed, such as `12 min`; a larger unit once there are two of it."""
    for size, unit in ((86_400, "days"), (3_600, "h"), (60, "min")):
        if seconds >= 2 * size:
            return f"{seconds / size:.0f} {unit}"
    return f"{max(seconds, 0):.0f} s"
