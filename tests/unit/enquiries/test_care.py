from pathlib import Path

import pytest

from assistant.enquiries.care import CareFileError, CareReplies
from assistant.matching.safety import Care
from assistant.settings import Settings
from tests.support.loaded_database import ROOT

OTHER = Settings(data_folder=ROOT / "data", general_email="else@nhsconfed.org", general_phone="020 1111 2222")


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

    def test_it_signposts_in_a_crisis(self, settings: Settings) -> None:
        text = " ".join(CareReplies(settings).reply(Care.CRISIS, None).texts)
        assert all(number in text for number in ("999", "111", "116 123"))

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
