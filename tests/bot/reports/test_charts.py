import struct

import pytest

from bot.reports.charts import BACKGROUND, COLOURS, INK, Chart, Series, description, png

CHART = Chart(
    title="What became of the drafts, by week",
    labels=("26 Oct", "2 Nov", "9 Nov"),
    series=(
        Series(name="Approved", values=(12, 15, 0)),
        Series(name="Rejected", values=(3, None, 2.5)),
    ),
)


def brightness(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((brightness(one), brightness(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("colour", COLOURS)
def test_every_colour_stands_out_from_the_pictures_own_background(colour: str) -> None:
    assert contrast(colour, BACKGROUND) >= 4.5


def test_letters_are_readable_on_it() -> None:
    assert contrast(INK, BACKGROUND) >= 7


@pytest.mark.parametrize("stacked", [True, False])
def test_the_same_chart_is_the_same_small_picture(stacked: bool) -> None:  # noqa: FBT001 - pytest gives it by place.
    chart = CHART.model_copy(update={"stacked": stacked})
    picture = png(chart)
    assert picture == png(chart)
    assert picture != png(chart.model_copy(update={"labels": ("26 Oct", "2 Nov", "10 Nov")}))
    assert picture.startswith(b"\x89PNG")
    assert struct.unpack(">II", picture[16:24]) == (1200, 690)
    assert len(picture) < 100_000


@pytest.mark.parametrize("words", ["costs $5 and $x_2$", "\\frac{1}{2", "Ünïcode ‹›", ""])
def test_words_are_drawn_as_they_are(words: str) -> None:
    series = (Series(name=words or "-", values=(1, 2, 3)),)
    assert png(Chart(title=words, labels=CHART.labels, series=series)).startswith(b"\x89PNG")


def test_a_week_without_anything_is_drawn_as_well() -> None:
    nothing = Chart(title="Nothing", labels=("26 Oct",), series=(Series(name="A", values=(None,)),), stacked=False)
    assert png(nothing)
    assert description(nothing) == "Nothing. A: 26 Oct none."


def test_the_words_say_every_figure() -> None:
    assert description(CHART) == (
        "What became of the drafts, by week. Approved: 26 Oct 12, 2 Nov 15, 9 Nov 0; "
        "Rejected: 26 Oct 3, 2 Nov none, 9 Nov 2.5."
    )
    long = CHART.model_copy(update={"title": "w" * 3_000})
    assert len(description(long)) < 2_000
