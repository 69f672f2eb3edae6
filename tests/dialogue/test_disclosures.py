"""Disclosures through judge and engine together: hardly any is answered with "I do not know"."""

from pathlib import Path

import pytest
import yaml

from assistant.enquiries.desk import EnquiryDesk
from tests.conftest import ROOT

CARE = ROOT / "tests" / "nlu" / "care"
MOST_NOT_UNDERSTOOD = 0.02


@pytest.mark.parametrize("folder", [CARE, CARE / "second", CARE / "third"], ids=["first", "second", "third"])
def test_hardly_any_is_not_understood(real_desk: EnquiryDesk, folder: Path) -> None:
    kinds = yaml.safe_load((folder / "disclosure.yml").read_text(encoding="utf-8"))
    told = [text for texts in kinds.values() for text in texts]
    without_care = [text for text in told if real_desk._judge(text) is None]
    lost = [text for text in without_care if not real_desk.engine.knows(text)]  # type: ignore[attr-defined]
    assert len(lost) <= len(told) * MOST_NOT_UNDERSTOOD, lost
