"""The pictures of the report, drawn as SVG that stands in the page itself."""

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from html import escape
from typing import TYPE_CHECKING, Any

from assistant.learning.evaluation.calibration import Bin, RefusalPoint
from assistant.learning.evaluation.confusion import Confusion
from assistant.learning.evaluation.figures import Figures, Share

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# Blue and vermilion are told apart with every kind of colour vision (Okabe and Ito's palette), grey is for scales.
RIGHT, WRONG, INK, SCALE, GRID = "#0072b2", "#b84a00", "#212b32", "#4c6272", "#d8dde0"
SIZE = (5.2, 4.4)  # inches of 72 points; what is small is still read where a telephone shrinks it
CELL = 0.3  # inches
PALEST, DARK = 0.3, 0.6  # strength of a cell's colour: what is still seen, and from where its number is white
MARKED = (0.3, 0.5, 0.7, 0.9)  # thresholds that are named beside the curve
STYLE: dict[Any, Any] = {
    "svg.fonttype": "none",  # text stays text: it can be searched, copied and read out
    "svg.hashsalt": "assistant",  # the same report twice is the same file
    "text.parse_math": False,  # a dollar sign in a name is a dollar sign
    "font.sans-serif": ["DejaVu Sans"],
    "font.size": 11,
    "text.color": INK,
    "axes.edgecolor": SCALE,
    "axes.labelcolor": INK,
    "axes.grid": True,
    "axes.axisbelow": True,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "grid.color": GRID,
    "xtick.color": SCALE,
    "ytick.color": SCALE,
    "legend.frameon": False,
}


def draw_calibration(bins: Sequence[Bin]) -> str:
    """How often answers of each confidence were right, against the line where both are the same."""
    with _chart("calibration", "How sure the assistant was, against how often it was right", _tell(bins)) as chart:
        axes = _draw_percent_axes(chart.figure, "how sure it was", "how often it was right")
        axes.plot([0, 1], [0, 1], color=SCALE, linestyle="--", linewidth=1, label="as right as sure")
        confidence, right = [each.confidence for each in bins], [each.right for each in bins]
        axes.plot(confidence, right, color=RIGHT, linewidth=1.5, marker="o", label="answers, ten by confidence")
        axes.vlines(confidence, *zip(*map(_interval, bins), strict=True), color=RIGHT, alpha=0.35, linewidth=4)
        for each in bins:
            _mark(axes, (each.confidence, each.right), str(each.count), (-12, 6))
        axes.legend(loc="lower right")
    return chart.svg


def draw_refusals(points: Sequence[RefusalPoint], figures: Figures) -> str:
    """What refusing by certainty alone would do at every threshold, and where the assistant stands."""
    title = "Out-of-scope questions refused, against good questions refused"
    with _chart("refusals", title, _tell_standing(figures)) as chart:
        axes = _draw_percent_axes(chart.figure, "good questions refused", "out-of-scope questions refused")
        axes.plot(
            [each.refused for each in points],
            [each.recall for each in points],
            color=SCALE,
            marker=".",
            label="by its certainty alone",
        )
        for each in points:
            if each.threshold in MARKED:
                _mark(axes, (each.refused, each.recall), f"below {each.threshold:.0%}", (48, -12), pointer=True)
        standing = (figures.refused.value or 0.0, figures.recall.value or 0.0)
        axes.scatter(*standing, s=90, color=WRONG, zorder=3, label="where the assistant stands")
        # Nobody would live with more than this; the rest of the scale would hide what matters.
        axes.set_xlim(-0.01, max(0.3, standing[0] * 1.2))
        axes.set_ylim(min([0.5, standing[1] - 0.05]), 1.02)
        axes.legend(loc="lower right")
    return chart.svg


def draw_confusion(confusion: Confusion, names: Mapping[str, str]) -> str:
    """Every offer asked for against what was answered; `names` are short names of offers by slug."""
    rows, columns = confusion.rows, confusion.columns
    size = (len(columns) * CELL + 4, len(rows) * CELL + 4)
    told = "The table of offers below says the same in words."
    with _chart("confusion", "What each offer was taken for", told, size) as chart:
        axes = chart.figure.add_subplot()
        axes.grid(False)
        for row, counts in enumerate(confusion.counts):
            for column, count in enumerate(counts):
                if count:
                    _draw_cell(
                        axes, row, column, count, count / sum(counts), is_right=_is_right(confusion, row, column)
                    )
        axes.set_xlim(-0.5, len(columns) - 0.5)
        axes.set_ylim(len(rows) - 0.5, -0.5)
        axes.set_aspect("equal")
        axes.set_xticks(range(len(columns)), [names.get(each, each) for each in columns], rotation=90)
        axes.set_yticks(range(len(rows)), [names.get(each, each) for each in rows])
        axes.tick_params(length=0, colors=INK)
        axes.xaxis.tick_top()
        _draw_lattice(axes, len(rows), len(columns))
        axes.set_ylabel("asked for")
        axes.set_xlabel("answered")
        axes.xaxis.set_label_position("top")
    return chart.svg


def _is_right(confusion: Confusion, row: int, column: int) -> bool:
    """On the diagonal, and where what is beyond us got no answer."""
    is_last = row == len(confusion.rows) - 1 and column == len(confusion.columns) - 1
    return is_last or (row == column and row < len(confusion.rows) - 1)


def _draw_lattice(axes: "Axes", rows: int, columns: int) -> None:
    """Thin lines to follow with the eye, and thick ones between the offers and what else can come of a question."""
    last_offer = rows - 1.5
    for row in range(1, rows):
        axes.axhline(row - 0.5, color=GRID, linewidth=2 if row - 0.5 == last_offer else 0.5, zorder=0.5)
    for column in range(1, columns):
        axes.axvline(column - 0.5, color=GRID, linewidth=2 if column - 0.5 == last_offer else 0.5, zorder=0.5)


def _draw_cell(axes: "Axes", row: int, column: int, count: int, share: float, *, is_right: bool) -> None:
    from matplotlib.patches import Rectangle

    strength = PALEST + (1 - PALEST) * share
    axes.add_patch(Rectangle((column - 0.5, row - 0.5), 1, 1, color=RIGHT if is_right else WRONG, alpha=strength))
    axes.text(column, row, str(count), ha="center", va="center", fontsize=9, color="white" if strength > DARK else INK)


def _tell(bins: Sequence[Bin]) -> str:
    told = (f"{each.low:.0%} to {each.high:.0%} sure: {each.right:.0%} right of {each.count}" for each in bins)
    return "; ".join(told) or "There were no answers."


def _tell_standing(figures: Figures) -> str:
    recall, refused = figures.recall, figures.refused
    return f"It refuses {recall.count} of {recall.of} out-of-scope and {refused.count} of {refused.of} good questions."


def _interval(each: Bin) -> tuple[float, float]:
    return Share(count=round(each.right * each.count), of=each.count).interval


def _mark(
    axes: "Axes", point: tuple[float, float], words: str, aside: tuple[int, int], *, pointer: bool = False
) -> None:
    """Put words beside a point, so many points of a printer aside; words further away are tied to it by a line."""
    line = {"arrowstyle": "-", "color": SCALE, "linewidth": 0.7} if pointer else None
    axes.annotate(words, point, textcoords="offset points", xytext=aside, ha="center", color=SCALE, arrowprops=line)


def _draw_percent_axes(figure: "Figure", across: str, up: str) -> "Axes":
    from matplotlib.ticker import PercentFormatter

    axes = figure.add_subplot()
    axes.set_xlabel(across)
    axes.set_ylabel(up)
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(PercentFormatter(1.0, decimals=0))
    return axes


class _Chart:
    """A figure to draw on, and its SVG once the drawing is done."""

    def __init__(self, figure: "Figure") -> None:
        self.figure = figure
        self.svg = ""


@contextmanager
def _chart(name: str, title: str, told: str, size: tuple[float, float] = SIZE) -> Iterator[_Chart]:
    # Only now: it takes half a second, and nothing else needs it. A bare Figure has no window behind it, which is what
    # the backend Agg is for elsewhere.
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    with rc_context(STYLE):
        chart = _Chart(Figure(figsize=size, layout="tight"))
        yield chart
        drawn = io.StringIO()
        chart.figure.savefig(
            drawn, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None}
        )
    chart.svg = _fit_into_page(drawn.getvalue(), name, title, told)


def _fit_into_page(svg: str, name: str, title: str, told: str) -> str:
    """Only the element itself, told to those who cannot see it, with ids and styles that stay its own."""
    svg = svg[svg.index("<svg") :].strip()
    svg = re.sub(r"<metadata>.*?</metadata>\s*", "", svg, flags=re.DOTALL)
    svg = re.sub(r'(\bid="|url\(#|href="#)', rf"\g<1>{name}-", svg)
    svg = svg.replace("*{stroke", f"#{name} *{{stroke")
    own = f'<svg id="{name}" role="img" aria-labelledby="{name}-title {name}-told" '
    words = f'<title id="{name}-title">{escape(title)}</title><desc id="{name}-told">{escape(told)}</desc>'
    return re.sub(r"<svg ([^>]*)>", lambda found: f"{own}{found[1]}>{words}", svg, count=1)
