"""Ask the questions at the desk, and keep what came of them."""

from collections.abc import Callable
from datetime import UTC, datetime
from time import perf_counter
from typing import Any, Protocol, Self, cast

from assistant.enquiries.desk import EnquiryDesk
from assistant.enquiries.engine import TurnFailedError
from assistant.enquiries.intake import Form, Incoming
from assistant.enquiries.outcomes import Outcome
from assistant.enquiries.texts import check_text
from assistant.learning.evaluation.facts import Facts
from assistant.learning.evaluation.judging import Reply, find_problems, has_right_contact, slugs_of
from assistant.learning.evaluation.question_files import Examination
from assistant.learning.evaluation.questions import Dialogue, Question, Turn
from assistant.learning.evaluation.run import Answer, Certainty, Got, Run, TurnTaken
from assistant.matching.labels import OUT_OF_SCOPE

CHANNEL = "evaluation"
CARE = frozenset({Outcome.CRISIS, Outcome.DISCLOSURE, Outcome.ABUSE})
WARM_UP = "What support is there?"  # the first answer of a process takes longer than any other
RANKING_LENGTH = 3


class Desk(Protocol):
    """What is needed of the enquiry desk."""

    async def open(self, channel: str) -> tuple[str, str]:
        """Start a conversation; returns its id and secret."""

    async def handle(self, conversation: str, token: str, incoming: Incoming) -> Reply:
        """Answer a message."""


class Parser(Protocol):
    """What is needed of the engine besides answering."""

    @property
    def model(self) -> str:
        """The name of the model."""

    async def parse(self, text: str) -> dict[str, Any]:
        """Rasa's whole parse of a text: intent and decision among others. Raises TurnFailedError."""


class _Asker:
    """One conversation."""

    def __init__(self, desk: Desk, own: tuple[str, str]) -> None:
        self._desk = desk
        self._own = own
        self._choices: list[dict[str, str]] = []

    async def send(self, incoming: Incoming) -> Reply:
        reply = await self._desk.handle(*self._own, incoming)
        self._choices = reply["choices"]
        return reply

    def message_of(self, turn: Turn) -> Incoming | None:
        """The message of a turn; None when it picks a choice that was not offered."""
        if turn.form:
            return Incoming(form=Form(turn.form.question, turn.form.name, turn.form.email))
        if turn.says:
            return Incoming(text=check_text(turn.says))
        words = (turn.picks or "").lower()
        picked = [choice["id"] for choice in self._choices if words in choice["label"].lower()]
        return Incoming(choice=picked[0]) if picked else None


class Examiner:
    """Asks at one desk."""

    def __init__(self, desk: Desk, parser: Parser, redactor: Callable[[str], str], facts: Facts) -> None:
        self._desk = desk
        self._redactor = redactor
        self._parser = parser
        self._facts = facts

    @classmethod
    def at(cls, desk: EnquiryDesk, facts: Facts) -> Self:
        """An examiner at a desk of `open_desk`: its engine is Rasa's, which parses as well."""
        return cls(desk, cast(Parser, desk.engine), desk.redactor, facts)

    async def ask_everything(self, examination: Examination, advance: Callable[[], None] = lambda: None) -> Run:
        """Ask every question and go through every dialogue, one after another; `advance` is called after each."""
        started, at = perf_counter(), datetime.now(UTC).replace(microsecond=0)
        await (await self._begin()).send(Incoming(text=WARM_UP))
        answers: list[Answer] = []
        for question in examination.questions:
            answers.append(await self.ask(question))
            advance()
        turns: list[TurnTaken] = []
        for dialogue in examination.dialogues:
            turns.extend(await self.go_through(dialogue))
            advance()
        seconds = round(perf_counter() - started, 1)
        return Run(at=at, model=self._parser.model, seconds=seconds, answers=tuple(answers), turns=tuple(turns))

    async def ask(self, question: Question) -> Answer:
        """Ask one question in a conversation of its own."""
        asker, text = await self._begin(), check_text(question.text)
        started = perf_counter()
        reply = await asker.send(Incoming(text=text))
        milliseconds = round((perf_counter() - started) * 1000, 2)
        problems = tuple(find_problems(question, reply, self._facts.people))
        is_judged = question.wanted is Outcome.OFFER and not problems
        return Answer(
            question=question,
            got=_got(reply),
            problems=problems,
            has_right_contact=has_right_contact(reply, self._facts) if is_judged else None,
            certainty=Certainty() if reply["outcome"] in CARE else await self._weigh(text),
            milliseconds=milliseconds,
        )

    async def go_through(self, dialogue: Dialogue) -> list[TurnTaken]:
        """Take the turns of a dialogue in one conversation; a wrong one does not end it."""
        asker = await self._begin()
        return [await self._take(asker, dialogue, number) for number in range(1, len(dialogue.turns) + 1)]

    async def _begin(self) -> _Asker:
        return _Asker(self._desk, await self._desk.open(CHANNEL))

    async def _take(self, asker: _Asker, dialogue: Dialogue, number: int) -> TurnTaken:
        turn = dialogue.turns[number - 1]
        incoming = asker.message_of(turn)
        if incoming is None:
            got, problems = None, [f"no choice with “{turn.picks}” was offered"]
        else:
            reply = await asker.send(incoming)
            got, problems = _got(reply), find_problems(turn, reply, self._facts.people)
        return TurnTaken(dialogue=dialogue.name, number=number, sent=turn.sent, got=got, problems=tuple(problems))

    async def _weigh(self, text: str) -> Certainty:
        """How sure the engine is of a text, given to it as the desk gives it: redacted."""
        try:
            parsed = await self._parser.parse(self._redactor(text))
        except TurnFailedError:
            return Certainty()  # the desk has met the same failure, so the reply is an apology and judged as one
        ranking = [(str(choice["label"]), float(choice["confidence"])) for choice in parsed["decision"]["ranking"]]
        return Certainty(
            confidence=float(parsed["intent"]["confidence"]),
            known=min(1.0, sum(confidence for label, confidence in ranking if label != OUT_OF_SCOPE)),
            ranking=tuple(ranking[:RANKING_LENGTH]),
        )


def _got(reply: Reply) -> Got:
    person = (reply["person"] or {}).get("name")
    return Got(outcome=reply["outcome"], offers=tuple(slugs_of(reply)), topic=reply["topic"], person=person)
