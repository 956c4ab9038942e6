"""Charts: figures as pictures, and the same in words for who cannot see them."""

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from knowledge.drafting.frozen import Frozen

if TYPE_CHECKING:
    from matplotlib.axes import Axes

BACKGROUND = "#ffffff"
"""The picture brings its own: letters on it are as readable where Slack is dark as where it is light."""
INK = "#1d1c1d"
COLOURS = ("#00694e", "#0072b2", "#c24e00", "#7a3b8f", "#666666")
"""Each at least 3 to 1 against the background, and told apart by who cannot see red or green."""
_INCHES, _DOTS = (8.0, 4.6), 150
_LETTERS = 13
_LONGEST = 1_900
"""Characters of the words. Slack takes 2,000."""


class Series(Frozen):
    """One row of figures, one for each label; none where there is no figure."""

    name: str
    values: tuple[float | None, ...]


class Chart(Frozen):
    """Figures over labels: stacked upon each other, or lines."""

    title: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    stacked: bool = True
    unit: str = ""


def png(chart: Chart) -> bytes:
    """The picture, 1,200 by 690 dots. The same chart is the same picture."""
    # It takes a second to import, and only a chart needs it.
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415
    from matplotlib.figure import Figure  # noqa: PLC0415
    from matplotlib.ticker import MaxNLocator  # noqa: PLC0415

    figure = Figure(figsize=_INCHES, dpi=_DOTS, facecolor=BACKGROUND, layout="constrained")
    axes = figure.add_subplot()
    (_stack if chart.stacked else _draw_lines)(axes, chart)
    axes.set_facecolor(BACKGROUND)
    axes.set_title(chart.title, loc="left", color=INK, fontsize=_LETTERS + 3, fontweight="bold", parse_math=False)
    axes.set_xticks(range(len(chart.labels)), chart.labels, color=INK, fontsize=_LETTERS)
    axes.tick_params(axis="y", labelsize=_LETTERS, labelcolor=INK, length=0)
    axes.tick_params(axis="x", length=0)
    axes.set_ylim(bottom=0)
    axes.yaxis.set_major_locator(MaxNLocator(nbins=5, integer=True))
    axes.grid(axis="y", color="#dddddd", linewidth=0.8)
    axes.set_axisbelow(True)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    figure.legend(loc="outside lower center", ncols=2, frameon=False, fontsize=_LETTERS, labelcolor=INK)
    file = io.BytesIO()
    FigureCanvasAgg(figure)
    figure.savefig(file, format="png", metadata={"Software": None})
    return file.getvalue()


def description(chart: Chart) -> str:
    """The chart in words: each series with its figures."""
    rows = (f"{each.name}: {', '.join(_said(chart, each))}" for each in chart.series)
    words = f"{chart.title}. {'; '.join(rows)}."
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…"


def _said(chart: Chart, series: Series) -> list[str]:
    return [
        f"{label} {'none' if value is None else f'{value:g}{chart.unit}'}"
        for label, value in zip(chart.labels, series.values, strict=True)
    ]


def _stack(axes: "Axes", chart: Chart) -> None:
    below = [0.0] * len(chart.labels)
    for series, colour in zip(chart.series, COLOURS, strict=False):
        heights = [value or 0.0 for value in series.values]
        bars: Any = axes.bar(range(len(heights)), heights, bottom=below, color=colour, label=series.name, width=0.6)
        inside = [f"{height:g}" if height else "" for height in heights]
        axes.bar_label(bars, inside, label_type="center", color=BACKGROUND, fontsize=_LETTERS, fontweight="bold")
        below = [low + height for low, height in zip(below, heights, strict=True)]


def _draw_lines(axes: "Axes", chart: Chart) -> None:
    for series, colour in zip(chart.series, COLOURS, strict=False):
        points: Sequence[float] = [float("nan") if value is None else value for value in series.values]
        axes.plot(range(len(points)), points, color=colour, label=series.name, linewidth=3, marker="o", markersize=8)
        last = next((at for at in reversed(range(len(points))) if series.values[at] is not None), None)
        if last is not None:
            said = f"{points[last]:g}{chart.unit}"
            axes.annotate(
                said, (last, points[last]), (8, 8), textcoords="offset points", color=colour, fontsize=_LETTERS
            )
