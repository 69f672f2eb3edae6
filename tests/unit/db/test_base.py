from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import CheckConstraint, Column, Dialect, ForeignKey, Integer, MetaData, Table, UniqueConstraint
from sqlalchemy.dialects import postgresql, sqlite

from assistant.db.base import NAMING_CONVENTION, UTCDateTime, now

SUMMER_NOON = datetime(2026, 7, 1, 12, 0, tzinfo=timezone(timedelta(hours=1)))
STORED = datetime(2026, 7, 1, 11, 0, tzinfo=UTC)
LIGHT, HEAVY = sqlite.dialect(), postgresql.dialect()  # type: ignore[no-untyped-call]  # SQLAlchemy leaves them so


class TestUTCDateTimeOnTheWayIn:
    def test_it_turns_a_time_to_utc(self) -> None:
        assert UTCDateTime().process_bind_param(SUMMER_NOON, HEAVY) == STORED

    def test_it_takes_the_zone_off_for_sqlite(self) -> None:
        assert UTCDateTime().process_bind_param(SUMMER_NOON, LIGHT) == STORED.replace(tzinfo=None)

    @pytest.mark.parametrize("dialect", [LIGHT, HEAVY])
    def test_it_refuses_a_time_without_zone(self, dialect: Dialect) -> None:
        with pytest.raises(ValueError, match="without zone"):
            UTCDateTime().process_bind_param(STORED.replace(tzinfo=None), dialect)

    def test_it_leaves_a_missing_time_missing(self) -> None:
        assert UTCDateTime().process_bind_param(None, LIGHT) is None


class TestUTCDateTimeOnTheWayOut:
    @pytest.mark.parametrize("read", [STORED.replace(tzinfo=None), STORED, SUMMER_NOON])
    def test_it_gives_utc(self, read: datetime) -> None:
        given = UTCDateTime().process_result_value(read, LIGHT)
        assert given == STORED
        assert given.tzinfo is UTC

    def test_it_leaves_a_missing_time_missing(self) -> None:
        assert UTCDateTime().process_result_value(None, LIGHT) is None


class TestNow:
    def test_it_is_in_utc(self) -> None:
        before = datetime.now(UTC)
        assert before <= now() <= datetime.now(UTC)
        assert now().tzinfo is UTC


class TestNames:
    def test_it_names_every_kind_of_constraint(self) -> None:
        metadata = MetaData(naming_convention=NAMING_CONVENTION)
        Table("offers", metadata, Column("id", Integer, primary_key=True))
        parts = Table(
            "parts",
            metadata,
            Column("id", Integer, primary_key=True),
            Column("offer", ForeignKey("offers.id"), index=True),
            UniqueConstraint("offer", "id"),
            CheckConstraint("id > 0", name="positive"),
        )
        names = {item.name for item in parts.constraints} | {index.name for index in parts.indexes}
        assert names == {
            "pk_parts",
            "fk_parts_offer_offers",
            "uq_parts_offer",
            "ck_parts_positive",
            "ix_parts_offer",
        }
