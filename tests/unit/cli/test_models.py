"""`assistant models`: seeing them, and putting one live."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from assistant.cli.models import models
from assistant.db.engine import Database
from assistant.db.migrate import upgrade
from assistant.registry.errors import ModelNotFoundError, PromotionRefusedError, ReasonNeededError
from assistant.registry.models import Promotion
from assistant.registry.promotions import find_live
from assistant.settings import Settings
from assistant.staff.errors import AccountError
from assistant.staff.models import Staff
from tests.support.made_up_judgements import add_judgement
from tests.support.made_up_models import put_live, put_model

BY_ADA = ("--reason", "It is needed today.", "--by", "ada@example.org")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    url = f"sqlite:///{tmp_path / 'assistant.db'}"
    return Settings(database_url=url, models_folder=tmp_path / "models", var_folder=tmp_path / "var")


@pytest.fixture
def database(settings: Settings) -> Iterator[Database]:
    database = Database(settings.database_url, durable=False)
    upgrade(database.engine)
    with database.write() as session:
        session.add(Staff(email="ada@example.org", name="Ada Admin", role="admin"))
    yield database
    database.close()


def run(settings: Settings, *arguments: str) -> Result:
    return CliRunner().invoke(models, arguments, obj=settings)


def live(database: Database) -> Promotion:
    with database.read() as session:
        promotion = find_live(session)
        assert promotion is not None
        return promotion


class TestList:
    def test_it_says_what_to_do_when_there_is_none(self, settings: Settings, database: Database) -> None:
        assert "There is none yet. Run 'assistant train'." in run(settings, "list").stdout

    def test_it_shows_every_model_and_when_it_was_live(
        self, settings: Settings, database: Database, tmp_path: Path
    ) -> None:
        put_live(database, settings, tmp_path, "first.tar.gz")
        put_model(database, settings, tmp_path, "second.tar.gz")
        put_model(database, settings, tmp_path, "third.tar.gz")
        run(settings, "promote", "second", *BY_ADA)
        third, second, first = run(settings, "list").stdout.splitlines()[1:]
        assert third.split() == ["third", "28", "Nov", "2026", "09:00", "3", "0", "2"]
        assert second.split()[:9] == ["second", "28", "Nov", "2026", "09:00", "3", "0", "2", "since"]
        assert first.split() == ["first", "28", "Nov", "2026", "09:00", "3", "0", "2", "before"]


class TestPromote:
    def test_one_that_is_not_worse_goes_live_and_the_one_before_comes_back(
        self, settings: Settings, database: Database, tmp_path: Path
    ) -> None:
        first = put_live(database, settings, tmp_path, "first.tar.gz")
        second = put_model(database, settings, tmp_path, "second.tar.gz")
        add_judgement(database, second, first)
        for name, kind in (("second", "promoted"), ("first.tar.gz", "rolled_back")):
            done = run(settings, "promote", name)
            assert done.exit_code == 0 and f"{name} is live." in done.stderr
            promotion = live(database)
            assert (promotion.kind, promotion.staff_id, promotion.reason) == (kind, None, "")

    @pytest.mark.parametrize("is_worse", [True, None], ids=["worse", "not judged"])
    def test_another_needs_a_reason_that_is_kept_with_a_name(
        self, settings: Settings, database: Database, tmp_path: Path, is_worse: bool | None
    ) -> None:
        first = put_live(database, settings, tmp_path, "first.tar.gz")
        second = put_model(database, settings, tmp_path, "second.tar.gz")
        if is_worse is not None:
            add_judgement(database, second, first, is_worse=is_worse)
        assert isinstance(run(settings, "promote", "second").exception, ReasonNeededError)
        nameless = run(settings, "promote", "second", "--reason", "It is needed today.")
        assert nameless.exit_code == 2 and "give --by too" in nameless.stderr
        assert isinstance(run(settings, "promote", "second", "--by", "ada@example.org").exception, ReasonNeededError)
        assert live(database).model_id == first.id
        assert run(settings, "promote", "second", *BY_ADA).exit_code == 0
        promotion = live(database)
        assert (promotion.model_id, promotion.staff_id, promotion.reason) == (second.id, 1, "It is needed today.")

    def test_what_is_not_known_or_live_already_is_refused(
        self, settings: Settings, database: Database, tmp_path: Path
    ) -> None:
        first = put_live(database, settings, tmp_path, "first.tar.gz")
        put_model(database, settings, tmp_path, "second.tar.gz")
        unknown = run(settings, "promote", "zeroth")
        assert isinstance(unknown.exception, ModelNotFoundError) and "no model zeroth" in str(unknown.exception)
        assert isinstance(run(settings, "promote", "first").exception, PromotionRefusedError)
        stranger = ("--reason", "It is needed today.", "--by", "nobody@example.org")
        assert isinstance(run(settings, "promote", "second", *stranger).exception, AccountError)
        assert live(database).model_id == first.id
