"""The fixed replies to crisis, disclosure and abuse."""

from functools import lru_cache
from pathlib import Path

import yaml

from assistant.enquiries.engine import TurnReply
from assistant.matching.safety import Care
from assistant.settings import Settings

CARE_FILE = Path("catalogue") / "care.yml"


def care_reply(care: Care, settings: Settings, expects: str | None) -> TurnReply:
    """The reply to a message that must be met with care.

    A crisis ends the leaving of a question; after the other two the step that is open stays open.
    """
    replies = _read(settings.data_folder / CARE_FILE)[care.value]["replies"]
    texts = tuple(
        text.replace("{general_email}", settings.general_email).replace("{general_phone}", settings.general_phone)
        for text in replies
    )
    expects = None if care is Care.CRISIS else expects
    choices = (("Leave a question for a person", "/leave_question"),) if care is Care.DISCLOSURE and not expects else ()
    return TurnReply(outcome=care.value, texts=texts, choices=choices, expects=expects, confidence=1.0)


@lru_cache(maxsize=4)
def _read(file: Path) -> dict[str, dict[str, list[str]]]:
    content: dict[str, dict[str, dict[str, list[str]]]] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return content["care"]
