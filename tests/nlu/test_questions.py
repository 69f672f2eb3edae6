"""The questions of questions.yml, asked at the desk one conversation each, judged by the floors of the project."""

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml
from rapidfuzz import fuzz, process

from assistant.catalogue.people import list_people
from assistant.enquiries.desk import EnquiryDesk
from tests.conftest import ROOT
from tests.support.desk_asker import DeskAsker
from tests.support.judging import MISSES, problems, slugs

LEAST_TOP_OFFER = 0.95
LEAST_OUT_OF_SCOPE_RECALL = 0.90
MOST_FALSE_REFUSALS = 0.03
LEAST_OVERALL = 0.93
NEAR_COPY = 90  # of 100, by rapidfuzz's ratio on folded text

pytestmark = [pytest.mark.filterwarnings("ignore"), pytest.mark.asyncio(loop_scope="session")]

Judged = list[tuple[dict[str, Any], dict[str, Any], list[str]]]


class TestQuestions:
    async def test_it_gives_the_right_offer(self, judged: Judged) -> None:
        wanted = [(question, reply) for question, reply, _ in judged if question["outcome"] == "offer"]
        wrong = [q["text"] for q, r in wanted if r["outcome"] != "offer" or slugs(r)[:1] != q["offers"]]
        assert 1 - len(wrong) / len(wanted) >= LEAST_TOP_OFFER, wrong

    async def test_it_gives_the_right_contact_with_every_right_offer(self, judged: Judged) -> None:
        printed = _printed_contacts()
        right = [reply for question, reply, found in judged if question["outcome"] == "offer" and not found]
        for reply in right:
            contact = reply["offers"][0]["contact"]
            expected = printed[reply["offers"][0]["slug"]]
            assert contact["published"] == (expected is not None)
            assert contact["email"] == (expected or "enquiries@nhsconfed.org")
            assert contact["email"] in " ".join(each["text"] for each in reply["replies"])

    async def test_it_refuses_what_is_out_of_scope_and_little_else(self, judged: Judged) -> None:
        out = [reply["outcome"] for question, reply, _ in judged if question["outcome"] in MISSES]
        good = [(q["text"], r["outcome"]) for q, r, _ in judged if q["outcome"] not in MISSES]
        refused = [text for text, outcome in good if outcome in MISSES]
        assert sum(outcome in MISSES for outcome in out) / len(out) >= LEAST_OUT_OF_SCOPE_RECALL
        assert len(refused) / len(good) <= MOST_FALSE_REFUSALS, refused

    async def test_it_is_right_overall(self, judged: Judged, capsys: pytest.CaptureFixture[str]) -> None:
        kinds, wrong = Counter(q["outcome"] for q, _, _ in judged), Counter(q["outcome"] for q, _, f in judged if f)
        with capsys.disabled():
            for outcome, count in kinds.items():
                print(f"\n  {outcome}: {count - wrong[outcome]} of {count}", end="")
            good = [reply["outcome"] for question, reply, _ in judged if question["outcome"] not in MISSES]
            print(f"\n  good questions refused: {sum(each in MISSES for each in good)} of {len(good)}", end="")
        assert 1 - sum(wrong.values()) / len(judged) >= LEAST_OVERALL, [(q["text"], f) for q, _, f in judged if f]


class TestSeparation:
    async def test_no_question_or_near_copy_is_trained_on(self) -> None:
        trained_on = [_folded(sentence) for sentence in _training_sentences()]
        turns = [turn["says"] for dialogue in _dialogues() for turn in dialogue["turns"] if "says" in turn]
        # "yes please" and "cancel" are steps of a dialogue, and there are few ways to say them.
        asked = [question["text"] for question in _questions()] + [text for text in turns if len(text.split()) > 3]
        copies = [
            (text, best[0])
            for text in asked
            if (folded := _folded(text))
            and (best := process.extractOne(folded, trained_on, scorer=fuzz.ratio, score_cutoff=NEAR_COPY))
        ]
        assert copies == []


def _folded(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", text.lower()).strip()


def _questions() -> list[dict[str, Any]]:
    files = sorted(Path(__file__).parent.glob("questions*.yml"))
    return [question for file in files for question in yaml.safe_load(file.read_text())]


def _dialogues() -> list[dict[str, Any]]:
    dialogues: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "dialogues.yml").read_text())
    return dialogues


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
async def judged(real_desk: EnquiryDesk) -> Judged:
    with real_desk.database.read() as session:
        people = {person.slug: person.name for person in list_people(session)}
    judged = []
    for question in _questions():
        reply = await (await DeskAsker.begins(real_desk)).says(question["text"])
        expected = dict(question)
        if question["outcome"] in MISSES:  # how it says that it cannot answer is a matter of degree
            expected["outcome"] = sorted(MISSES)
        judged.append((question, reply, problems(expected, reply, people)))
    return judged
