from pathlib import Path

import pytest

from assistant.enquiries.care import care_reply
from assistant.matching.safety import Care
from assistant.settings import Settings
from tests.support.loaded_database import ROOT

OTHER = Settings(data_folder=ROOT / "data", general_email="else@nhsconfed.org", general_phone="020 1111 2222")


class TestCareReply:
    @pytest.mark.parametrize("care", Care)
    def test_it_says_something_fixed_for_every_kind(self, care: Care, settings: Settings) -> None:
        reply = care_reply(care, settings, None)
        assert reply.outcome == care.value
        assert all(text.strip() for text in reply.texts) and reply.texts
        assert reply == care_reply(care, settings, None)

    @pytest.mark.parametrize("care", Care)
    def test_it_leaves_no_mark_unfilled(self, care: Care, settings: Settings) -> None:
        assert not any("{" in text or "}" in text for text in care_reply(care, settings, None).texts)

    @pytest.mark.parametrize("care", Care)
    def test_it_shows_no_offer_to_somebody_who_asked_for_none(self, care: Care, settings: Settings) -> None:
        reply = care_reply(care, settings, None)
        assert (reply.offers, reply.topic, reply.person, reply.people) == ((), None, None, ())

    def test_it_signposts_in_a_crisis(self, settings: Settings) -> None:
        text = " ".join(care_reply(Care.CRISIS, settings, None).texts)
        assert all(number in text for number in ("999", "111", "116 123"))

    def test_it_gives_the_general_contact_of_the_settings(self) -> None:
        assert "else@nhsconfed.org" in " ".join(care_reply(Care.DISCLOSURE, OTHER, None).texts)

    def test_it_lets_somebody_who_disclosed_leave_a_question(self, settings: Settings) -> None:
        choices = care_reply(Care.DISCLOSURE, settings, None).choices
        assert choices == (("Leave a question for a person", "/leave_question"),)

    def test_it_offers_that_to_nobody_who_is_already_leaving_one(self, settings: Settings) -> None:
        assert care_reply(Care.DISCLOSURE, settings, "name").choices == ()

    @pytest.mark.parametrize("care", [Care.CRISIS, Care.ABUSE])
    def test_it_offers_nothing_to_press_otherwise(self, care: Care, settings: Settings) -> None:
        assert care_reply(care, settings, None).choices == ()

    @pytest.mark.parametrize("care", [Care.DISCLOSURE, Care.ABUSE])
    def test_it_keeps_the_open_step_open(self, care: Care, settings: Settings) -> None:
        assert care_reply(care, settings, "email").expects == "email"

    def test_it_asks_for_nothing_more_in_a_crisis(self, settings: Settings) -> None:
        assert care_reply(Care.CRISIS, settings, "email").expects is None

    def test_it_reads_the_file_of_the_settings(self, tmp_path: Path) -> None:
        file = tmp_path / "catalogue" / "care.yml"
        file.parent.mkdir()
        file.write_text("care: {crisis: {replies: ['Ring {general_phone}.']}}")
        reply = care_reply(Care.CRISIS, Settings(data_folder=tmp_path, general_phone="112"), None)
        assert reply.texts == ("Ring 112.",)
