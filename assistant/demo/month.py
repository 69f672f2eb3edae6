"""When people ask: on working days more than at weekends, in the middle of the day more than at night."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

from assistant.db.base import LONDON

DAYS = 30
# How much is asked on each day from Monday on, and in each hour from midnight on. Invented, as all of this is.
OF_DAY = (1.15, 1.2, 1.1, 1.0, 0.75, 0.16, 0.14)
OF_HOUR = (1, 0, 0, 0, 0, 1, 3, 8, 22, 40, 46, 40, 30, 34, 44, 38, 28, 16, 9, 7, 7, 6, 4, 2)
MONDAY, FRIDAY = 0, 4
GROWTH = 0.25  # more is asked at the end of the month than at its beginning, by this share


def draw_moments(random: Random, moment: datetime, count: int) -> list[datetime]:
    """So many moments of the last DAYS days before `moment`, in order."""
    hours = list(_hours(moment))
    weights = [_weight(hour, moment) for hour in hours]
    drawn = random.choices(hours, weights, k=count)
    return sorted(min(hour + timedelta(seconds=random.randrange(3600)), moment) for hour in drawn)


def working_moment(random: Random, moment: datetime, days_ago: int) -> datetime:
    """A moment in office hours, so many days before `moment` or on the working day before that; never after it."""
    day = moment - timedelta(days=days_ago)
    while day.weekday() > FRIDAY:
        day -= timedelta(days=1)
    start = day.replace(hour=9, minute=30, second=0, microsecond=0)
    at = start + timedelta(minutes=random.randrange(7 * 60))
    return at if at < moment else at - timedelta(days=3 if day.weekday() == MONDAY else 1)


def _hours(moment: datetime) -> Iterator[datetime]:
    """The beginning of each hour of the month, the present one left out."""
    last = moment.replace(minute=0, second=0, microsecond=0)
    yield from (last - timedelta(hours=number) for number in range(1, DAYS * 24))


def _weight(hour: datetime, moment: datetime) -> float:
    local = hour.astimezone(LONDON)
    age = (moment - hour) / timedelta(days=DAYS)
    return OF_DAY[local.weekday()] * OF_HOUR[local.hour] * (1 - GROWTH * age)
