"""What the console is measured on: rows that fit the tables and one another."""

from collections import Counter
from datetime import UTC, datetime

import numpy as np
import pytest

from assistant.db.base import Base
from assistant.enquiries.references import REFERENCE_PATTERN
from benchmarks.console.filling import TABLES, Filling, reference_of
from benchmarks.console.measuring import Timing, pages_to_measure
from benchmarks.console.report import section
from benchmarks.console.shape import Shape, make_shape

NOW = datetime(2026, 11, 28, tzinfo=UTC)
ENQUIRIES = 2000


@pytest.fixture(scope="module")
def shape() -> Shape:
    return make_shape(np.random.default_rng(1), ENQUIRIES, NOW)


@pytest.fixture(scope="module")
def filling(shape: Shape) -> Filling:
    return Filling(shape, np.random.default_rng(1))


def columns_of(table: str) -> list[str]:
    return TABLES[table].replace(" ", "").split(",")


def values(filling: Filling, table: str, column: str) -> list[object]:
    place = columns_of(table).index(column)
    return [row[place] for row in filling.rows(table)]


class TestShape:
    def test_each_group_has_somebody_and_the_largest_very_many(self, shape: Shape) -> None:
        assert len(shape.queued) == 360 and shape.groups == 50
        assert shape.sizes.sum() == 360 and shape.sizes.min() >= 1 and shape.sizes.max() > 30

    def test_no_group_has_more_askers_than_enquiries(self, shape: Shape) -> None:
        assert (shape.askers <= shape.sizes).all() and shape.askers.min() >= 1

    def test_the_first_of_a_group_leads_it(self, shape: Shape) -> None:
        for group in range(shape.groups):
            assert shape.leaders[group] == shape.queued[shape.group == group].min()


class TestRows:
    @pytest.mark.parametrize("table", TABLES)
    def test_they_have_a_value_for_each_column(self, filling: Filling, table: str) -> None:
        assert {len(row) for row in filling.rows(table)} == {len(columns_of(table))}

    @pytest.mark.parametrize("table", TABLES)
    def test_they_leave_no_column_out_that_needs_a_value(self, table: str) -> None:
        found = Base.metadata.tables[table].columns
        numbers = {column.name for column in found if column.name == "id" and column.primary_key}
        needed = {column.name for column in found if not column.nullable} - numbers
        assert needed <= set(columns_of(table)) <= {column.name for column in found}

    def test_references_are_references_and_differ(self) -> None:
        references = [reference_of(number) for number in range(10_000)]
        assert len(set(references)) == len(references)
        assert all(REFERENCE_PATTERN.fullmatch(each) for each in references)

    def test_what_is_queued_is_an_enquiry_and_counted_in_its_group(self, filling: Filling) -> None:
        assert set(values(filling, "queued_enquiries", "reference")) <= set(values(filling, "enquiries", "reference"))
        sizes = Counter(values(filling, "queued_enquiries", "group_id"))
        assert sizes == dict(
            zip(values(filling, "question_groups", "id"), values(filling, "question_groups", "enquiries"), strict=True)
        )


class TestReport:
    def test_it_says_what_was_missed(self) -> None:
        body = section([Timing("quick", [1.0, 2.0], 20), Timing("slow", [30.0, 40.0], 20)], 1000, 180, 25, 2, "15.1")
        assert "| slow | 35.0 |" in body and "20, **missed** |" in body
        assert "| quick | 1.5 |" in body and body.count("missed") == 1

    def test_pages_are_of_what_is_there(self, filling: Filling) -> None:
        paths = {path for _, paths, _ in pages_to_measure(filling, 20) for path in paths}
        assert "/staff/queue" in paths and "/staff/groups/1" in paths
