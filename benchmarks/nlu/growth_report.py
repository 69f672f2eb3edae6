"""Show how cost grows: a picture, and a section of RESULTS.md."""

from pathlib import Path

import matplotlib

from benchmarks.nlu.growth import COSTS, EXAMPLES, EXAMPLES_OF_LABELS, LABELS, LABELS_OF_EXAMPLES, Growth
from benchmarks.nlu.results_file import circumstances, markdown_table

TITLE = "Understanding: growth"
PICTURE = Path(__file__).parents[1] / "growth.svg"
HEADINGS = {
    LABELS: f"labels, with {EXAMPLES_OF_LABELS:,} examples in all",
    EXAMPLES: f"examples, of {LABELS_OF_EXAMPLES} labels",
}
NAMES = {cost: name.partition(",")[0] for cost, name in COSTS.items()}  # without the unit
FONT_SIZE = 12


def draw(growth: Growth, file: Path = PICTURE) -> None:
    """Draw a panel for each cost and for what grows, on logarithmic scales, with a line of slope one."""
    matplotlib.use("svg")
    from matplotlib import pyplot

    matplotlib.rcParams.update({"font.size": FONT_SIZE, "svg.hashsalt": "growth"})
    figure, panels = pyplot.subplots(len(HEADINGS), len(COSTS), figsize=(14, 8), layout="constrained")
    for row, (grows, heading) in zip(panels, HEADINGS.items(), strict=True):
        for panel, (cost, name) in zip(row, COSTS.items(), strict=True):
            sizes, costs = growth.series(grows, cost)
            panel.loglog(sizes, costs, "o-", color="#005eb8", label=f"measured, slope {growth.slope(grows, cost):.2f}")
            panel.loglog(
                sizes, [costs[-1] * size / sizes[-1] for size in sizes], "--", color="#768692", label="slope 1"
            )
            panel.set(xlabel=heading, ylabel=name)
            panel.set_ylim(min(costs) / 3, max(costs) * 3)
            panel.minorticks_off()
            panel.grid(alpha=0.3)
            panel.legend()
    figure.savefig(file, metadata={"Date": None})
    pyplot.close(figure)


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
