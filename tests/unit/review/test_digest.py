"""What there is to do, and whether to tell staff of it."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import yaml
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from assistant.catalogue.models import Contact
from assistant.enquiries.models import Conversation, Enquiry, FollowUp, Group, OutboxLetter
from assistant.registry.models import Run, RunOutcome
from assistant.registry.promotions import promote, register
from assistant.review.digest import Counts, count_work, is_due, note_digest
from assistant.review.models import Digest
from tests.support.loaded_database import ROOT
from tests.support.stores import make_manifest

NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)  # a Thursday
DAY = timedelta(days=1)
THURSDAY, MONDAY = date(2026, 11, 26), date(2026, 11, 23)


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    """With one signpost, which was confirmed a year ago."""
    content = yaml.safe_load((ROOT / "data" / "catalogue" / "signposts.yml").read_text(encoding="utf-8"))
    [post] = content["signposts"] = content["signposts"][:1]
    post.update(owner="Staff", checked_on=date(2025, 11, 26))
    (tmp_path / "signposts.yml").write_text(yaml.safe_dump(content), encoding="utf-8")
    return tmp_path


def group(at: datetime, state: str = "open") -> Group:
    return Group(first_at=at, last_at=at, state=state)


class TestCounting:
    def test_it_counts_groups_that_are_new_since_the_last_digest(self, session: Session, catalogue: Path) -> None:
        session.add_all([group(NOW - 2 * DAY), group(NOW - DAY / 2), group(NOW - DAY / 2, "closed")])
        session.flush()
        assert count_work(session, NOW, catalogue).new == 2
        session.add(Digest(sent_at=NOW - DAY, counts={}))
        session.flush()
        assert count_work(session, NOW, catalogue).new == 1

    def test_it_counts_people_who_wait_and_letters_that_failed(self, session: Session, catalogue: Path) -> None:
        session.add(Conversation(id="c", channel="web", token_hash=""))
        session.flush()
        for number, (days, state) in enumerate(((8, "open"), (6, "open"), (8, "answered"))):
            reference = f"ENQ-2222-222{number}"
            session.add(Enquiry(reference=reference, conversation_id="c", channel="web"))
            session.flush()
            left = {"consent_wording": "w", "consent_at": NOW - days * DAY, "channel": "web", "state": state}
            session.add(FollowUp(reference=reference, **left))
            session.add(OutboxLetter(reference=reference, kind="lapsed"))
        session.flush()
        session.execute(update(OutboxLetter).where(OutboxLetter.reference != reference).values(next_try_at=None))
        counts = count_work(session, NOW, catalogue)
        assert (counts.waiting, counts.failed_letters) == (1, 2)

    def test_it_counts_what_is_to_be_confirmed(self, session: Session, catalogue: Path) -> None:
        for number, verified in enumerate((None, date(2026, 1, 1), date(2026, 11, 1))):
            session.add(Contact(slug=f"c{number}", name="A", email=f"a{number}@example.org", verified_on=verified))
        session.flush()
        counts = count_work(session, NOW, catalogue)
        assert (counts.signposts, counts.contacts) == (1, 2)


class TestNeed:
    @pytest.mark.parametrize(
        ("counts", "before", "day", "needs"),
        [
            (Counts(), Counts(), MONDAY, False),
            (Counts(new=1), Counts(new=1), THURSDAY, True),
            (Counts(waiting=1), Counts(waiting=1), THURSDAY, True),
            (Counts(failed_letters=1), Counts(), THURSDAY, True),
            (Counts(failed_letters=1), Counts(failed_letters=1), THURSDAY, False),
            (Counts(signposts=2), Counts(signposts=3), THURSDAY, False),
            (Counts(signposts=2), Counts(signposts=3), MONDAY, True),
            (Counts(contacts=1), Counts(), THURSDAY, True),
            (Counts(candidates=1), Counts(), THURSDAY, True),
            (Counts(candidates=1), Counts(candidates=1), THURSDAY, False),
            (Counts(failed_runs=1), Counts(), THURSDAY, True),
        ],
    )
    def test_it_tells_of_news_and_of_everything_on_mondays(
        self, counts: Counts, before: Counts, day: date, needs: bool
    ) -> None:
        assert counts.needs_somebody(before, day) is needs

    def test_it_says_counts_only(self) -> None:
        assert Counts(1, 1, 1, 1, 1, 1, 1).lines == [
            "1 new question to look at",
            "1 person waiting for an answer for more than 7 days",
            "1 letter that could not be sent",
            "1 signpost to be confirmed",
            "1 contact to be confirmed",
            "1 model that was trained at night and waits to go live",
            "1 training at night that failed",
        ]
        assert Counts(2, 2, 2, 2, 2000, 2, 2).lines == [
            "2 new questions to look at",
            "2 people waiting for an answer for more than 7 days",
            "2 letters that could not be sent",
            "2 signposts to be confirmed",
            "2,000 contacts to be confirmed",
            "2 models that were trained at night and wait to go live",
            "2 trainings at night that failed",
        ]
        assert Counts().lines == []


class TestNights:
    @pytest.mark.parametrize(
        ("outcome", "counted"),
        [(RunOutcome.DONE, (1, 0)), (RunOutcome.FAILED, (0, 1)), (RunOutcome.CANCELLED, (0, 0))],
    )
    def test_it_counts_how_trainings_at_night_ended(
        self, session: Session, catalogue: Path, outcome: RunOutcome, counted: tuple[int, int]
    ) -> None:
        for is_nightly in (True, False):
            session.add(Run(kind="train", is_nightly=is_nightly, finished_at=NOW, outcome=outcome.value))
        session.flush()
        counts = count_work(session, NOW, catalogue)
        assert (counts.candidates, counts.failed_runs) == counted

    def test_what_went_live_since_needs_nobody(self, session: Session, catalogue: Path) -> None:
        model = register(session, make_manifest(b"night", "night.tar.gz"))
        run = Run(kind="train", is_nightly=True, finished_at=NOW, outcome="done", model_id=model.id)
        session.add(run)
        session.flush()
        assert count_work(session, NOW, catalogue).candidates == 1
        promote(session, model, None)
        assert count_work(session, NOW, catalogue).candidates == 0


class TestTime:
    @pytest.mark.parametrize(
        ("moment", "due"),
        [
            (datetime(2026, 11, 26, 7, 59, tzinfo=UTC), False),
            (datetime(2026, 11, 26, 8, 0, tzinfo=UTC), True),
            (datetime(2026, 7, 1, 6, 59, tzinfo=UTC), False),
            (datetime(2026, 7, 1, 7, 0, tzinfo=UTC), True),  # eight in London's summer
            (datetime(2026, 11, 28, 12, 0, tzinfo=UTC), False),  # Saturday
            (datetime(2026, 11, 29, 12, 0, tzinfo=UTC), False),
        ],
    )
    def test_it_is_due_on_weekdays_from_an_hour_in_london(self, session: Session, moment: datetime, due: bool) -> None:
        assert is_due(session, moment, 8) is due

    def test_it_is_due_once_a_day(self, session: Session, catalogue: Path) -> None:
        counts, is_needed = note_digest(session, NOW, catalogue)
        session.flush()
        assert is_needed and counts.signposts == 1
        assert not is_due(session, NOW + DAY / 4, 8)
        assert is_due(session, NOW + DAY, 8)
        assert session.scalars(select(Digest.counts)).one()["signposts"] == 1
        assert not note_digest(session, NOW + DAY, catalogue)[1]
