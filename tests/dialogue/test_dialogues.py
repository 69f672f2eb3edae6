"""The dialogues of tests/nlu/dialogues*.yml, turn by turn at the desk with the real engine."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.catalogue.people import list_people
from assistant.enquiries.desk import EnquiryDesk
from tests.support.desk_asker import DeskAsker
from tests.support.judging import problems

LEAST_RIGHT = 0.97
FILES = sorted((Path(__file__).parent.parent / "nlu").glob("dialogues*.yml"))
DIALOGUES: list[dict[str, Any]] = [dialogue for file in FILES for dialogue in yaml.safe_load(file.read_text())]

pytestmark = [pytest.mark.filterwarnings("ignore"), pytest.mark.asyncio(loop_scope="session")]


async def test_it_takes_the_right_turns(real_desk: EnquiryDesk, capsys: pytest.CaptureFixture[str]) -> None:
    with real_desk.database.read() as session:
        people = {person.slug: person.name for person in list_people(session)}
    wrong, count = [], 0
    for dialogue in DIALOGUES:
        asker = await DeskAsker.begins(real_desk)
        for turn in dialogue["turns"]:
            found = problems(turn, await _take(asker, turn), people)
            count += 1
            if found:
                wrong.append((dialogue["name"], turn, found))
    with capsys.disabled():
        print(f"\n  {count - len(wrong)} of {count} turns of {len(DIALOGUES)} dialogues")
    assert 1 - len(wrong) / count >= LEAST_RIGHT, wrong


async def _take(asker: DeskAsker, turn: dict[str, Any]) -> dict[str, Any]:
    if "says" in turn:
        return await asker.says(turn["says"])
    if "picks" in turn:
        return await asker.picks(turn["picks"])
    form = turn["form"]
    return await asker.leaves(form["question"], form["name"], form["email"])
