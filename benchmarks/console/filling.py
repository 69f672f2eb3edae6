"""Fill a PostgreSQL with what very many asked, by COPY: enquiries, conversations with their messages, the queue."""

import io
import json
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from itertools import islice
from typing import Any

import numpy as np
import psycopg2

from assistant.enquiries.references import ALPHABET
from benchmarks.console.shape import Shape, Vocabulary, answered, make_vectors, moment_of

CHUNK = 20_000  # rows a COPY, so that memory stays small
CHANNELS = np.array(["web", "teams", "slack"])
OF_CHANNEL = (0.62, 0.24, 0.14)
REASONS = ("unanswered", "uncertain", "not_useful", "handoff")
OF_REASON = (0.55, 0.25, 0.12, 0.08)
OUTCOME_OF = {"unanswered": "unanswered", "uncertain": "offer", "not_useful": "offer", "handoff": "handoff"}
STATES = ("open", "waiting", "closed")
OF_STATE = (0.6, 0.05, 0.35)
OFFERS = ("lfhii", "bme-leadership-network", "race-health-observatory", "nursing-midwifery")
MODEL = "benchmark"
DIGITS = "23456789"
TABLES = {
    "staff": "id, email, name, role, is_active, must_change_password, created_at",
    "conversations": "id, channel, token_hash, created_at, choices",
    "enquiries": "reference, conversation_id, channel, text, outcome, offers, confidence, model, useful, rejects, "
    "received_at, answered_at",
    "enquiry_offers": "reference, slug, received_at, outcome, useful",
    "messages": "conversation_id, fingerprint, text, reference, reply, received_at, replied_at",
    "question_groups": "id, kind, leader, vector, state, closed_as, closed_at, askers, enquiries, unanswered, "
    "uncertain, not_useful, handoffs, first_at, last_at, assignee_id, version, label, confidence, judged_by",
    "queued_enquiries": "reference, group_id, reasons, channel, received_at, closeness, is_sorted",
    "follow_ups": "reference, name_encrypted, email_encrypted, consent_wording, consent_at, channel, state",
    "decisions": "group_id, staff_id, kind, note, enquiries, examples, before, at",
}
STAFF = 8

Row = tuple[Any, ...]
Advance = Callable[[int], None]


def reference_of(number: int) -> str:
    """The reference of an enquiry: another one for each number."""
    code = DIGITS[number % len(DIGITS)]
    rest = number // len(DIGITS)
    for _ in range(7):
        rest, place = divmod(rest, len(ALPHABET))
        code += ALPHABET[place]
    return f"ENQ-{code[:4]}-{code[4:]}"


def conversation_of(number: int) -> str:
    """The id of a conversation."""
    return f"{number:043d}"


class Filling:
    """The rows of each table, made as they are written."""

    def __init__(self, shape: Shape, random: np.random.Generator) -> None:
        self.shape = shape
        self._random = random
        self.vocabulary = Vocabulary(random)
        count = len(shape.at)
        self._channels = random.choice(CHANNELS, shape.conversation[-1] + 1, p=OF_CHANNEL)
        self._reasons = random.choice(np.array(REASONS), len(shape.queued), p=OF_REASON)
        self._outcomes = np.where(random.random(count) < 0.9, "offer", "out_of_scope").astype("<U12")
        self._outcomes[shape.queued] = [OUTCOME_OF[reason] for reason in self._reasons]
        self._verdicts = random.random(count)
        self._verdicts[shape.queued[self._reasons == "not_useful"]] = -1
        self._states = random.choice(np.array(STATES), shape.groups, p=OF_STATE)
        self.vectors = make_vectors(random, shape.groups)

    def rows(self, table: str) -> Iterator[Row]:
        """The rows of one of TABLES, in the order of its columns there."""
        made: Iterator[Row] = getattr(self, f"_{table}")()
        return made

    def count(self, table: str) -> int:
        """About how many rows that is."""
        shape = self.shape
        counts = {"queued_enquiries": len(shape.queued), "question_groups": shape.groups}
        counts |= {
            "conversations": int(shape.conversation[-1]) + 1,
            "enquiry_offers": int((self._outcomes == "offer").sum()),
        }
        return counts.get(table, len(shape.at) if table in ("enquiries", "messages") else 0)

    def _staff(self) -> Iterator[Row]:
        for number in range(1, STAFF + 1):
            at = moment_of(self.shape.at[0])
            yield number, f"colleague{number}@example.org", f"Colleague {number}", "reviewer", True, False, at

    def _conversations(self) -> Iterator[Row]:
        first = np.unique(self.shape.conversation, return_index=True)[1]
        for number, enquiry in enumerate(first):
            yield conversation_of(number), self._channels[number], "0" * 64, moment_of(self.shape.at[enquiry]), "{}"

    def _enquiries(self) -> Iterator[Row]:
        for number, text in enumerate(self._texts()):
            at = moment_of(self.shape.at[number])
            outcome = self._outcomes[number]
            offers = [self._offer(number)] if outcome == "offer" else []
            yield (
                reference_of(number),
                conversation_of(self.shape.conversation[number]),
                self._channel(number),
                text,
                outcome,
                json.dumps(offers),
                0.5,
                MODEL,
                self._useful(number),
                False,
                at,
                answered(at),
            )

    def _enquiry_offers(self) -> Iterator[Row]:
        for number in np.flatnonzero(self._outcomes == "offer"):
            at = moment_of(self.shape.at[number])
            yield reference_of(number), self._offer(number), at, "offer", self._useful(number)

    def _messages(self) -> Iterator[Row]:
        for number, at in enumerate(map(moment_of, self.shape.at)):
            reference = reference_of(number)
            reply = {"enquiry": reference, "outcome": self._outcomes[number], "replies": [{"text": "A reply." * 12}]}
            rest: dict[str, Any] = {"offers": [], "topic": None, "person": None, "people": [], "choices": []}
            conversation = conversation_of(self.shape.conversation[number])
            text = "what was asked, as it stands beside its neighbours"
            yield conversation, "", text, reference, json.dumps({**reply, **rest}), at, answered(at)

    def _question_groups(self) -> Iterator[Row]:
        shape = self.shape
        by_reason = {
            reason: np.bincount(shape.group[self._reasons == reason], minlength=shape.groups) for reason in REASONS
        }
        askers, sizes, leaders, last = shape.askers, shape.sizes, shape.leaders, shape.last
        for number in range(shape.groups):
            last_at, state = moment_of(shape.at[last[number]]), self._states[number]
            is_closed = state == "closed"
            yield (
                number + 1,
                "question",
                reference_of(leaders[number]),
                "\\x" + self.vectors[number].tobytes().hex(),
                state,
                "label" if is_closed else None,
                last_at if is_closed else None,
                askers[number],
                sizes[number],
                *(by_reason[reason][number] for reason in REASONS),
                moment_of(shape.at[leaders[number]]),
                last_at,
                number % STAFF + 1 if number % 7 == 0 else None,
                int(is_closed),
                f"offer/{OFFERS[number % len(OFFERS)]}",
                0.4,
                MODEL,
            )

    def _queued_enquiries(self) -> Iterator[Row]:
        for enquiry, group, reason in zip(self.shape.queued, self.shape.group, self._reasons, strict=True):
            at = moment_of(self.shape.at[enquiry])
            channel = self._channel(enquiry)
            yield reference_of(enquiry), group + 1, json.dumps([reason]), channel, at, 0.9, True

    def _follow_ups(self) -> Iterator[Row]:
        secret = "\\x" + "00" * 120
        for enquiry in self.shape.queued[self._reasons == "handoff"]:
            at, channel = moment_of(self.shape.at[enquiry]), self._channel(enquiry)
            yield reference_of(enquiry), secret, secret, "2026-11-27", at, channel, "open"

    def _decisions(self) -> Iterator[Row]:
        leaders, last = self.shape.leaders, self.shape.last
        for number in np.flatnonzero(self._states == "closed"):
            at = moment_of(self.shape.at[last[number]]) + timedelta(hours=int(number % 60))
            about = json.dumps([reference_of(leaders[number])])
            yield number + 1, number % STAFF + 1, "label", "", about, "[]", "{}", at

    def _texts(self) -> Iterator[str]:
        left = len(self.shape.at)
        while left > 0:
            yield from self.vocabulary.texts(min(left, CHUNK))
            left -= CHUNK

    def _channel(self, number: int) -> str:
        return str(self._channels[self.shape.conversation[number]])

    def _offer(self, number: int) -> str:
        return OFFERS[number % len(OFFERS)]

    def _useful(self, number: int) -> bool | None:
        verdict = self._verdicts[number]
        return False if verdict < 0 else True if verdict < 0.3 else None


def fill(url: str, filling: Filling, advance: Advance) -> None:
    """Write every table and have the planner look at it; `advance` is called with the rows that were written."""
    connection = psycopg2.connect(url)
    with connection, connection.cursor() as cursor:
        for table, columns in TABLES.items():
            rows = filling.rows(table)
            while chunk := list(islice(rows, CHUNK)):
                cursor.copy_expert(f"COPY {table} ({columns}) FROM STDIN", _as_copied(chunk))
                advance(len(chunk))
        cursor.execute("SELECT setval('question_groups_id_seq', (SELECT max(id) FROM question_groups))")
        cursor.execute("SELECT setval('staff_id_seq', (SELECT max(id) FROM staff))")
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    connection.close()


def _as_copied(rows: Iterable[Row]) -> io.StringIO:
    return io.StringIO("".join("\t".join(map(_field, row)) + "\n" for row in rows))


def _field(value: Any) -> str:
    if value is None:
        return r"\N"
    return str(value).replace("\\", "\\\\").replace("\t", " ").replace("\n", " ")
