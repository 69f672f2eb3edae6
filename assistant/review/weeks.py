"""Days and weeks as people in London count them; weeks begin on Monday."""

from datetime import UTC, date, datetime, time, timedelta

from assistant.db.base import LONDON

YEARS = range(2000, 3000)  # of which days can be asked for
WEEK = timedelta(days=7)


def day_of(moment: datetime) -> date:
    """The day in London at this moment."""
    return moment.astimezone(LONDON).date()


def start_of(day: date) -> datetime:
    """The moment at which a day begins in London, in UTC."""
    return datetime.combine(day, time(), LONDON).astimezone(UTC)


def monday_of(day: date) -> date:
    """The Monday of the week of a day."""
    return day - timedelta(days=day.weekday())


def last_weeks(count: int, moment: datetime) -> list[date]:
    """The Mondays of so many weeks, oldest first; the last one is still under way."""
    monday = monday_of(day_of(moment))
    return [monday - WEEK * back for back in reversed(range(count))]


def read_day(text: str) -> date | None:
    """A day as a form or an address gives it, such as 2026-11-03; None when it is none."""
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        return None
    return day if day.year in YEARS else None
