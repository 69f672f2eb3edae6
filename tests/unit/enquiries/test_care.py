import re
import shutil
from pathlib import Path

import pytest
import yaml

from assistant.catalogue.errors import SignpostFileError
from assistant.catalogue.models import Revision
from assistant.catalogue.signposts import Signpost, read_signposts
from assistant.db.base import now
from assistant.db.engine import Database
from assistant.enquiries.care import CareFileError, CareReplies
from assistant.enquiries.desk import EnquiryDesk
from assistant.matching.safety import Care
from assistant.settings import Settings
from tests.support.desk_asker import DeskAsker
from tests.support.loaded_database import ROOT

OTHER = Settings(data_folder=ROOT / "data", general_email="else@nhsconfed.org", general_phone="020 1111 2222")
REAL_FILES = ROOT / "data" / "catalogue"
# What the security and reliability reference, section 6, gives without "unverified" or a condition.
VERIFIED = {"999", "116 123", "85258", "111", "0808 800 0082"}
NUMBER = re.compile(r"\d+(?: \d+)*")


class TestCareReply:
    @pytest.mark.parametrize("care", Care)
    def test_it_says_something_fixed_for_every_kind(self, care: Care, settings: Settings) -> None:
        reply = CareReplies(settings).reply(care, None)
        assert reply.outcome == care.value
        assert all(text.strip() for text in reply.texts) and reply.texts
        assert reply == CareReplies(settings).reply(care, None)

    @pytest.mark.parametrize("care", Care)
    def test_it_leaves_no_mark_unfilled(self, care: Care, settings: Settings) -> None:
        assert not any("{" in text or "}" in text for text in CareReplies(settings).reply(care, None).texts)

    @pytest.mark.parametrize("care", Care)
    def test_it_shows_no_offer_to_somebody_who_asked_for_none(self, care: Care, settings: Settings) -> None:
        reply = CareReplies(settings).reply(care, None)
        assert (reply.offers, reply.topic, reply.person, reply.people) == ((), None, None, ())

    def test_it_signposts_first_in_a_crisis(self, settings: Settings) -> None:
        danger, struggling, *others = CareReplies(settings).reply(Care.CRISIS, None).texts
        assert "call 999" in danger
        assert all(way in struggling for way in ("116 123", "SHOUT to 85258", "111"))
        assert "computer program" in " ".join(others)

    def test_it_signposts_where_somebody_disclosed(self, settings: Settings) -> None:
        text = " ".join(CareReplies(settings).reply(Care.DISCLOSURE, None).texts)
        ways = ("your organisation's Freedom to Speak Up guardian", "0808 800 0082", "116 123", "call 999")
        assert all(way in text for way in ways)
        assert "not a formal report" in text

    def test_it_gives_the_general_contact_of_the_settings(self) -> None:
        assert "else@nhsconfed.org" in " ".join(CareReplies(OTHER).reply(Care.DISCLOSURE, None).texts)

    def test_it_lets_somebody_who_disclosed_leave_a_question(self, settings: Settings) -> None:
        choices = CareReplies(settings).reply(Care.DISCLOSURE, None).choices
        assert choices == (("Leave a question for a person", "/leave_question"),)

    def test_it_offers_that_to_nobody_who_is_already_leaving_one(self, settings: Settings) -> None:
        assert CareReplies(settings).reply(Care.DISCLOSURE, "name").choices == ()

    @pytest.mark.parametrize("care", [Care.CRISIS, Care.ABUSE])
    def test_it_offers_nothing_to_press_otherwise(self, care: Care, settings: Settings) -> None:
        assert CareReplies(settings).reply(care, None).choices == ()

    @pytest.mark.parametrize("care", [Care.DISCLOSURE, Care.ABUSE])
    def test_it_keeps_the_open_step_open(self, care: Care, settings: Settings) -> None:
        assert CareReplies(settings).reply(care, "email").expects == "email"

    def test_it_asks_for_nothing_more_in_a_crisis(self, settings: Settings) -> None:
        assert CareReplies(settings).reply(Care.CRISIS, "email").expects is None

    @pytest.mark.parametrize(
        "content",
        [
            "care: {crisis: {replies: ['Ring.']}}",
            "care: {crisis: {replies: []}, disclosure: {replies: [a]}, abuse: {replies: [b]}}",
            "care: {crisis: {reply: [a]}, disclosure: {replies: [a]}, abuse: {replies: [b]}}",
            "care: [",
        ],
    )
    def test_it_refuses_a_file_with_a_mistake_when_the_desk_is_made(self, content: str, tmp_path: Path) -> None:
        file = tmp_path / "catalogue" / "care.yml"
        file.parent.mkdir()
        file.write_text(content)
        with pytest.raises(CareFileError, match="care.yml"):
            CareReplies(Settings(data_folder=tmp_path))

    def test_it_refuses_to_be_without_its_file(self, tmp_path: Path) -> None:
        with pytest.raises(CareFileError, match="care.yml"):
            CareReplies(Settings(data_folder=tmp_path))


class TestNumbers:
    def test_it_has_none_written_by_hand(self) -> None:
        assert not any(NUMBER.search(text) for text in raw_replies())

    @pytest.mark.parametrize("care", Care)
    def test_it_shows_none_but_those_of_signposts(self, care: Care, settings: Settings) -> None:
        own = {number for signpost in read_signposts(REAL_FILES) for number in NUMBER.findall(signpost.way)}
        assert set(NUMBER.findall(" ".join(CareReplies(settings).reply(care, None).texts))) <= own

    def test_it_ships_none_that_is_not_verified(self) -> None:
        ways = " and ".join(signpost.way for signpost in read_signposts(REAL_FILES))
        assert set(NUMBER.findall(ways)) <= VERIFIED

    def test_it_names_the_nations_of_a_signpost_that_is_not_for_all(self) -> None:
        for signpost in read_signposts(REAL_FILES):
            naming = [text for text in raw_replies() if f"{{{signpost.slug}}}" in text]
            assert naming
            assert all(nation in text for text in naming for nation in signpost.nations)


class TestPublishedSignposts:
    def test_it_points_to_them_from_then_on(self, settings: Settings) -> None:
        care = CareReplies(settings)
        care.use([other_phone(post) for post in care.from_file])
        assert "116 124" in " ".join(care.reply(Care.CRISIS, None).texts)
        assert "116 124" in " ".join(care.reply(Care.DISCLOSURE, None).texts)

    def test_it_stays_as_it_was_where_one_is_missing(
        self, settings: Settings, caplog: pytest.LogCaptureFixture
    ) -> None:
        care = CareReplies(settings)
        care.use([other_phone(post) for post in care.from_file if post.slug != "emergency"])
        assert "116 123" in " ".join(care.reply(Care.CRISIS, None).texts)
        assert "are not used" in caplog.text

    async def test_one_that_another_process_published_is_told_as_well(
        self, desk: EnquiryDesk, database: Database
    ) -> None:
        (content,) = [other_phone(post) for post in desk.care.from_file if post.slug == "samaritans"]
        with database.write() as session:
            values = {"kind": "signposts", "slug": "samaritans", "published_at": now(), "state": "published"}
            session.add(Revision(content=content.model_dump(mode="json"), **values))
        asker = await DeskAsker.begins(desk)
        assert "116 124" in str(await asker.says("I want to kill myself"))


class TestAMistakeInTheFiles:
    @pytest.mark.parametrize(
        ("change", "words"),
        [
            (("{samaritans}", "{samaritan}"), r"crisis: there is no \{samaritan\} to fill in"),
            (("{samaritans}", "{}"), r"there is no \{\} to fill in"),
            (("{samaritans}", "{samaritans!r}"), "to fill in"),
            (("{samaritans}", "{samaritans"), "brace without its partner"),
            (("{guardian}", "https://NationalGuardian.org.uk/"), "disclosure: nationalguardian.org.uk is closed"),
        ],
    )
    def test_it_refuses_to_show_something_wrong(self, change: tuple[str, str], words: str, tmp_path: Path) -> None:
        file = Path(shutil.copytree(REAL_FILES, tmp_path / "catalogue")) / "care.yml"
        file.write_text(file.read_text(encoding="utf-8").replace(*change), encoding="utf-8")
        with pytest.raises(CareFileError, match=words):
            CareReplies(Settings(data_folder=tmp_path))

    def test_it_refuses_to_be_without_signposts(self, tmp_path: Path) -> None:
        (Path(shutil.copytree(REAL_FILES, tmp_path / "catalogue")) / "signposts.yml").unlink()
        with pytest.raises(SignpostFileError, match="signposts.yml"):
            CareReplies(Settings(data_folder=tmp_path))


def other_phone(post: Signpost) -> Signpost:
    """The signpost, with another number if it is the Samaritans'. No number of theirs."""
    return post.model_copy(update={"phone": "116 124"}) if post.slug == "samaritans" else post


def raw_replies() -> list[str]:
    """The replies as they stand in the file, nothing filled in."""
    care = yaml.safe_load((REAL_FILES / "care.yml").read_text(encoding="utf-8"))["care"]
    return [text for entry in care.values() for text in entry["replies"]]
