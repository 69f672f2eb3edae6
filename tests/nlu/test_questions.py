"""The questions of questions*.yml, asked at the desk one conversation each, judged by the floors of the project."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from rapidfuzz import fuzz, process

from assistant.enquiries.desk import EnquiryDesk
from assistant.learning.evaluation.asking import Examiner
from assistant.learning.evaluation.facts import read_facts
from assistant.learning.evaluation.figures import Figures, tally_outcomes, work_out_figures
from assistant.learning.evaluation.floors import Floors, find_missed
from assistant.learning.evaluation.question_files import Examination, read_examination
from assistant.learning.evaluation.run import Run
from assistant.settings import Settings
from tests.conftest import ROOT

LEAST_TOP_OFFER = 0.96  # 0.97 is wanted; some of it went to care that is called for once too often (docs/adr/0007)
LEAST_OUT_OF_SCOPE_RECALL = 0.93
MOST_FALSE_REFUSALS = 0.02
LEAST_OVERALL = 0.95
MOST_CALIBRATION_ERROR = 0.04
NEAR_COPY = 90  # of 100, by rapidfuzz's ratio on folded text

pytestmark = [pytest.mark.filterwarnings("ignore"), pytest.mark.asyncio(loop_scope="session")]


class TestQuestions:
    async def test_it_gives_the_right_offer(self, figures: Figures, wrong: list[str]) -> None:
        assert find_missed(figures, Floors(least_offers=LEAST_TOP_OFFER)) == [], wrong

    async def test_it_gives_the_right_contact_with_every_right_offer(self, run: Run, figures: Figures) -> None:
        assert figures.contacts.of
        assert [answer.question.text for answer in run.answers if answer.has_right_contact is False] == []

    async def test_it_refuses_what_is_out_of_scope_and_little_else(self, figures: Figures, wrong: list[str]) -> None:
        floors = Floors(least_recall=LEAST_OUT_OF_SCOPE_RECALL, most_refused=MOST_FALSE_REFUSALS)
        assert find_missed(figures, floors) == [], wrong

    async def test_it_is_as_sure_as_it_is_right(self, figures: Figures) -> None:
        assert figures.calibration_error is not None
        assert figures.calibration_error <= MOST_CALIBRATION_ERROR

    async def test_it_is_right_overall(
        self, run: Run, figures: Figures, wrong: list[str], capsys: pytest.CaptureFixture[str]
    ) -> None:
        with capsys.disabled():
            for tally in tally_outcomes(run):
                print(f"\n  {tally.name}: {tally.right} of {tally.asked}", end="")
            print(f"\n  good questions refused: {figures.refused.count} of {figures.refused.of}", end="")
        assert find_missed(figures, Floors(least_right=LEAST_OVERALL)) == [], wrong


class TestSeparation:
    async def test_no_question_or_near_copy_is_trained_on(self, examination: Examination) -> None:
        trained_on = [_folded(sentence) for sentence in _training_sentences()]
        turns = [turn.says for dialogue in examination.dialogues for turn in dialogue.turns if turn.says]
        # "yes please" and "cancel" are steps of a dialogue, and there are few ways to say them.
        asked = [question.text for question in examination.questions] + [
            text for text in turns if len(text.split()) > 3
        ]
        copies = [
            (text, best[0])
            for text in asked
            if (folded := _folded(text))
            and (best := process.extractOne(folded, trained_on, scorer=fuzz.ratio, score_cutoff=NEAR_COPY))
        ]
        assert copies == []


def _folded(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", text.lower()).strip()


def _training_sentences() -> list[str]:
    files = (yaml.safe_load(file.read_text()) for file in (ROOT / "data" / "nlu").rglob("*.yml"))
    blocks = [entry["examples"] for file in files for entry in file["nlu"]]
    return [line[2:] for block in blocks for line in block.splitlines() if line.startswith("- ")]


def _printed_contacts() -> dict[str, str | None]:
    """What the catalogue's files print, read without the code under test."""
    folder = ROOT / "data" / "catalogue"
    contacts = {c["slug"]: c["email"] for c in yaml.safe_load((folder / "contacts.yml").read_text())["contacts"]}
    offers = yaml.safe_load((folder / "offers.yml").read_text())["offers"]
    return {offer["slug"]: contacts.get(offer["contact"]) for offer in offers}


@pytest.fixture(scope="session")
def examination() -> Examination:
    return read_examination(Path(__file__).parent, read_facts(Settings(data_folder=ROOT / "data")))


@pytest.fixture(scope="session")
async def run(real_desk: EnquiryDesk, examination: Examination) -> Run:
    """Every question, asked once. The dialogues have a lane of their own."""
    facts = read_facts(real_desk.settings)
    facts = replace(facts, contacts=_printed_contacts(), general_email="enquiries@nhsconfed.org")
    return await Examiner.at(real_desk, facts).ask_everything(replace(examination, dialogues=()))


@pytest.fixture(scope="session")
def figures(run: Run) -> Figures:
    return work_out_figures(run)


@pytest.fixture(scope="session")
def wrong(run: Run) -> list[str]:
    """The questions that are not right, with what is wrong, to be shown where a floor is missed."""
    return [f"{answer.question.text}: {'; '.join(answer.problems)}" for answer in run.answers if not answer.is_right]
