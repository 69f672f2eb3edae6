"""Charts as numbers: where each bar, point and word stands. templates/charts.svg.jinja draws them.

A chart is as wide as a telephone, and drawn up to half as large again where there is room; its words stay readable.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assistant.review.figures import Breakdown
from assistant.review.suppression import Protected

WIDTH = 340
ROW, TALL_ROW, BAR = 26, 44, 16  # height of a row, of one whose label stands above, of its bar
LEFT, RIGHT = 56, 290  # where bars begin and end beside their labels; what is right of them is for numbers
TOP, BOTTOM, PLOT_LEFT = 12, 150, 44  # of a line's plot
HIDDEN = "hidden"  # the class of what small numbers hide


@dataclass(frozen=True)
class Segment:
    """A part of a bar; `kind` names its colour."""

    kind: str
    x: float
    width: float


@dataclass(frozen=True)
class Bar:
    """A bar with its label and the number at its end."""

    label: str
    value: str
    y: int
    segments: tuple[Segment, ...]

    @property
    def end(self) -> float:
        """Where its number stands."""
        return max((segment.x + segment.width for segment in self.segments), default=0) + 6


@dataclass(frozen=True)
class Bars:
    """Bars below one another."""

    id: str
    title: str
    description: str
    bars: tuple[Bar, ...]
    row: int = ROW
    left: int = LEFT

    @property
    def height(self) -> int:
        """Of the whole chart."""
        return len(self.bars) * self.row + 4


@dataclass(frozen=True)
class Point:
    """A week of a line."""

    label: str
    x: float
    y: float
    value: str


@dataclass(frozen=True)
class Line:
    """A share by week; `pieces` are the points that belong together, with a gap where a week has none."""

    id: str
    title: str
    description: str
    pieces: tuple[tuple[Point, ...], ...]
    marks: tuple[Point, ...]  # the weeks that are named below the plot
    scale: tuple[tuple[str, float], ...]  # percentages and how high they stand

    height = BOTTOM + 24


def short_day(day: date) -> str:
    """A day where there is little room: 3 Nov."""
    return f"{day.day} {day:%b}"


def stack_weeks(name: str, title: str, breakdown: Breakdown) -> Bars:
    """A bar for each week, of its parts; what small numbers hide is one part more."""
    most = max((week.total or 0 for _, week in breakdown.weeks), default=0)
    bars = tuple(
        Bar(short_day(monday), _total(week), row * ROW, _segments(week, most))
        for row, (monday, week) in enumerate(breakdown.weeks)
    )
    shown = ", ".join(f"{each.name} {each.count}" for each in breakdown.sums)
    description = f"{len(bars)} weeks. Shown in all: {shown}. The table below has every week."
    return Bars(name, title, description, bars)


def rank(name: str, title: str, counts: Sequence[tuple[str, int]]) -> Bars:
    """A bar for each, its name above it."""
    most = max((count for _, count in counts), default=0)
    bars = tuple(
        Bar(label, f"{count:,}", row * TALL_ROW, (Segment("part-1", 0, _scaled(count, most, RIGHT)),))
        for row, (label, count) in enumerate(counts)
    )
    description = f"Most first: {', '.join(f'{label} {count}' for label, count in counts)}."
    return Bars(name, title, description, bars, TALL_ROW, 0)


def draw_share(name: str, title: str, breakdown: Breakdown, part: str) -> Line:
    """How much of each week one part is, where both are shown."""
    index, last = breakdown.names.index(part), max(len(breakdown.weeks) - 1, 1)
    pieces: list[list[Point]] = [[]]
    marks: list[Point] = []
    for number, (monday, week) in enumerate(breakdown.weeks):
        x = PLOT_LEFT + (RIGHT - PLOT_LEFT) * number / last
        if number in (0, last // 2, last):
            marks.append(Point(short_day(monday), x, BOTTOM, ""))
        count = week.cells[index]
        if count is None or not week.total:
            pieces.append([])
            continue
        share = count / week.total
        pieces[-1].append(Point(short_day(monday), x, _height(share), f"{share:.0%}"))
    points = [point for piece in pieces for point in piece]
    told = ", ".join(f"{point.label} {point.value}" for point in points)
    description = f"By week: {told}." if told else "No week has enough enquiries to be shown."
    scale = tuple((f"{percent}%", _height(percent / 100)) for percent in (0, 50, 100))
    return Line(name, title, description, tuple(map(tuple, filter(None, pieces))), tuple(marks), scale)


def _segments(week: Protected, most: int) -> tuple[Segment, ...]:
    parts = [(f"part-{number}", count or 0) for number, count in enumerate(week.cells, 1)] + [(HIDDEN, week.hidden)]
    segments, x = [], float(LEFT)
    for kind, count in parts:
        if count:
            width = _scaled(count, most, RIGHT - LEFT)
            segments.append(Segment(kind, round(x, 1), width))
            x += width
    return tuple(segments) or (Segment(HIDDEN, LEFT, 0),)


def _total(week: Protected) -> str:
    return "under 5" if week.total is None else f"{week.total:,}"


def _scaled(count: int, most: int, room: int) -> float:
    return round(room * count / most, 1) if most else 0.0


def _height(share: float) -> float:
    return round(BOTTOM - (BOTTOM - TOP) * share, 1)
