"""Whichever word members use for racialised communities, the same question gets the same answer."""

import re
from collections import defaultdict

import pytest

from assistant.enquiries.desk import EnquiryDesk
from tests.support.desk_asker import DeskAsker

pytestmark = [pytest.mark.filterwarnings("ignore"), pytest.mark.asyncio(loop_scope="session")]

# Each term with how it stands beside those whom it describes.
TERMS = {
    "BME": "BME {}",
    "BAME": "BAME {}",
    "bame": "bame {}",
    "B.A.M.E.": "B.A.M.E. {}",
    "BME/BAME": "BME/BAME {}",
    "black and minority ethnic": "black and minority ethnic {}",
    "Black, Asian and minority ethnic": "Black, Asian and minority ethnic {}",
    "minority ethnic": "minority ethnic {}",
    "ethnic minority": "ethnic minority {}",
    "ethnic minorities": "{} from ethnic minorities",
    "global majority": "global majority {}",
    "the global majority": "{} from the global majority",
    "people of colour": "{} of colour",
    "people of color": "{} of color",
    "racialised": "racialised {}",
    "racialized": "racialized {}",
    "minoritised": "minoritised {}",
    "non-white": "non-white {}",
    "non white": "non white {}",
    "Black and brown": "Black and brown {}",
    "black and Asian": "black and Asian {}",
    "POC": "POC {}",
    "visible minority": "visible minority {}",
    "ethnically diverse": "ethnically diverse {}",
    "diverse ethnic backgrounds": "{} from diverse ethnic backgrounds",
}
# What is asked, with the slug of the offer or topic that is meant.
QUESTIONS = {
    "Is there peer mentoring for {leaders}?": "bme-leadership-network",
    "how do I join the network for {leaders}": "bme-leadership-network",
    "Who do I contact about networking events for {leaders} in the NHS?": "bme-leadership-network",
    "I chair our trust's network of {staff}. Is there a peer platform for people like me?": "bme-leadership-network",
    "Do you have a network for {health professionals} who are senior leaders?": "bme-leadership-network",
    "We want more {leaders} on boards and throughout the leadership pipeline of our ICS.": "ics-tailored-recruitment",
    "Is there an initiative in Northern Ireland to appoint more {people} as non-executives?": (
        "northern-ireland-confederation"
    ),
    "What does the Race and Health Observatory say about the health of {communities}?": "race-health-observatory",
    "health inequalities seminars for work with {communities}": "lfhii",
    "Which support is there for {nurses} and midwives who face racism at work?": "nursing-midwifery",
    "the Welsh race equality action plan and {communities}": "welsh-confederation",
    "Does the mental health network support {networks}?": "mental-health-race-equity",
    "why don't you say {term}?": "terminology",
    "what does {term} mean": "terminology",
    "is {term} still OK?": "terminology",
    "Which term should I use, {term} or something else?": "terminology",
    "why do you use the term {term} in the strategy": "terminology",
    "can I write {term} in our annual report": "terminology",
}
LEAST_ALIKE, LEAST_RIGHT = 0.98, 0.9


def asked(question: str, term: str) -> str:
    """The question in the words of a term."""
    return re.sub(r"{(.+?)}", lambda hole: term if hole[1] == "term" else TERMS[term].format(hole[1]), question)


async def test_every_term_gets_the_same_answer(real_desk: EnquiryDesk, capsys: pytest.CaptureFixture[str]) -> None:
    different, wrong, count = defaultdict(list), [], 0
    for question, slug in QUESTIONS.items():
        answers = {term: await _answer(real_desk, asked(question, term)) for term in TERMS}
        count += len(answers)
        for term, answer in answers.items():
            if answer != answers["BME"]:
                different[question].append((term, answer))
        if answers["BME"][1] != slug:
            wrong.append((question, answers["BME"]))
    alike = 1 - sum(map(len, different.values())) / count
    with capsys.disabled():
        print(
            f"\n  {alike:.1%} of {count} questions answered as with BME; {len(wrong)} of {len(QUESTIONS)} wrong with it"
        )
    assert alike >= LEAST_ALIKE, dict(different)
    assert 1 - len(wrong) / len(QUESTIONS) >= LEAST_RIGHT, wrong


async def _answer(desk: EnquiryDesk, text: str) -> tuple[str, str | None]:
    """The outcome, with the topic or the first offer."""
    reply = await (await DeskAsker.begins(desk)).says(text)
    return reply["outcome"], reply["topic"] or next((offer["slug"] for offer in reply["offers"]), None)
