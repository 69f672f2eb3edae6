"""Show how cost grows: a picture, and a section of RESULTS.md."""

from pathlib import Path
from typing import TYPE_CHECKING

import matplotlib

from benchmarks.nlu.growth import COSTS, EXAMPLES, EXAMPLES_OF_LABELS, LABELS, LABELS_OF_EXAMPLES, Growth
from benchmarks.nlu.results_file import circumstances, markdown_table

if TYPE_CHECKING:
    from matplotlib.axes import Axes

TITLE = "Understanding: growth"
PICTURE = Path(__file__).parents[1] / "growth.svg"
HEADINGS = {
    LABELS: f"labels, with {EXAMPLES_OF_LABELS:,} examples in all",
    EXAMPLES: f"examples, of {LABELS_OF_EXAMPLES} labels",
}
NAMES = {cost: name.partition(",")[0] for cost, name in COSTS.items()}  # without the unit
FONT_SIZE = 12
BLUE, GREY = "#005eb8", "#768692"
ROOM = 1.6  # times the outermost values, so that their figures fit in


def draw(growth: Growth, file: Path = PICTURE) -> None:
    """Draw a panel for each cost and for what grows, on logarithmic scales, with a line of slope one."""
    matplotlib.use("svg")
    from matplotlib import pyplot

    matplotlib.rcParams.update({"font.size": FONT_SIZE, "svg.hashsalt": "growth"})
    figure, panels = pyplot.subplots(len(HEADINGS), len(COSTS), figsize=(15, 9), layout="constrained")
    for row, grows in zip(panels, HEADINGS, strict=True):
        for panel, cost in zip(row, COSTS, strict=True):
            _draw_panel(panel, growth, grows, cost)
    figure.legend(*panels[0][0].get_legend_handles_labels(), loc="outside upper center", ncols=2)
    figure.savefig(file, metadata={"Date": None})
    pyplot.close(figure)


def _draw_panel(panel: "Axes", growth: Growth, grows: str, cost: str) -> None:
    sizes, costs = growth.series(grows, cost)
    panel.loglog(
        sizes, [costs[0] * size / sizes[0] for size in sizes], "--", color=GREY, label="linear growth, slope 1"
    )
    panel.loglog(sizes, costs, "o-", color=BLUE, label="measured")
    for size, value in zip(sizes, costs, strict=True):
        panel.annotate(f"{value:,.1f}", (size, value), (2, -17), textcoords="offset points")
    panel.minorticks_off()
    panel.set_xticks(sizes, [f"{size:,}" for size in sizes])
    panel.yaxis.set_major_formatter("{x:,g}")
    panel.set_xlim(sizes[0] / ROOM, sizes[-1] * ROOM)
    panel.set_ylim(min(costs) / ROOM**2, max(costs) * ROOM**2)
    panel.set(title=f"slope {growth.slope(grows, cost):.2f}", xlabel=HEADINGS[grows], ylabel=COSTS[cost])
    panel.grid(alpha=0.3)


def section(growth: Growth) -> str:
    """The section's text."""
    rows = [
        [f"{point.labels:,}", f"{point.examples:,}", *(f"{getattr(point, cost):.1f}" for cost in COSTS)]
        for point in growth.points
    ]
    table = markdown_table([f"{name}:" for name in ("labels", "examples", *COSTS.values())], rows)
    return (
        f"{circumstances()} Made-up sentences. Training is without encoding, which takes {growth.encoding_ms:.1f} ms a "
        f"sentence however many there are; a message is with everything, on one thread.\n\n{table}\n\n"
        f"Slopes on logarithmic scales, where 1 is linear growth: {_slopes(growth)}.\n\n"
        f"![Training time, size and time of a message against labels and examples]({PICTURE.name})"
    )


def _slopes(growth: Growth) -> str:
    return "; ".join(
        f"with {grows} " + ", ".join(f"{name} {growth.slope(grows, cost):.2f}" for cost, name in NAMES.items())
        for grows in HEADINGS
    )
