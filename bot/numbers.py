"""Numbers for people."""


def counted(number: int, noun: str, many: str = "") -> str:
    """A number with its noun, such as `2 sources`, or with a plural of its own `2 replies`."""
    return f"{number:,} {noun if number == 1 else many or noun + 's'}"


def span(seconds: float) -> str:
    """A time that passed, such as `12 min` or `1.5 h`."""
    if seconds >= 2 * 86_400:
        return f"{seconds / 86_400:.0f} days"
    if seconds >= 3_600:
        return f"{round(seconds / 3_600, 1):g} h"
    return f"{seconds / 60:.0f} min" if seconds >= 120 else f"{max(seconds, 0):.0f} s"
