"""What the console calls what the queue knows by names of its own."""

from assistant.console.pages import TEMPLATES
from assistant.enquiries.models import Group, GroupKind, GroupState, Reason
from assistant.review.models import DecisionKind
from assistant.review.queue import CHANNELS

REASONS: dict[str, str] = {
    Reason.HANDOFF: "Left for a person",
    Reason.NOT_USEFUL: "Marked not useful",
    Reason.UNANSWERED: "Not understood",
    Reason.UNCERTAIN: "Answered with little confidence",
}
REASON_COLOURS: dict[str, str] = {
    Reason.HANDOFF: "orange",
    Reason.NOT_USEFUL: "pink",
    Reason.UNANSWERED: "blue",
    Reason.UNCERTAIN: "yellow",
}
KINDS: dict[str, str] = {
    GroupKind.QUESTION: "Questions",
    GroupKind.DISCLOSURE: "Disclosures of racism",
    GroupKind.CRISIS: "People in crisis",
    GroupKind.ABUSE: "Abuse",
}
READ_FIRST = "Read first: danger or disclosures that wait"
CONTENT_NOTES: dict[str, str] = {
    GroupKind.DISCLOSURE: "Somebody told of racism",
    GroupKind.CRISIS: "A life may have been in danger",
    GroupKind.ABUSE: "Somebody wrote insults",
}
# In place of words that are not kept, or that nobody should meet unprepared.
HEADINGS: dict[str, str] = {
    GroupKind.QUESTION: "A question whose words are no longer kept",
    GroupKind.DISCLOSURE: "A message about something that happened",
    GroupKind.CRISIS: "A message from somebody who may need help",
    GroupKind.ABUSE: "A message that was not a question",
}
LONGEST_HEADING = 90  # characters
STATES: dict[str, str] = {GroupState.OPEN: "Open", GroupState.WAITING: "Waiting", GroupState.CLOSED: "Closed"}
STATE_COLOURS: dict[str, str] = {GroupState.OPEN: "blue", GroupState.WAITING: "yellow", GroupState.CLOSED: "green"}
DECISIONS: dict[str, str] = {
    DecisionKind.LABEL: "Said what it is",
    DecisionKind.OUT_OF_SCOPE: "Out of scope",
    DecisionKind.ANSWER: "Answered in writing",
    DecisionKind.DISMISS: "Dismissed",
    DecisionKind.WAIT: "Set to wait",
    DecisionKind.REOPEN: "Opened again",
    DecisionKind.KNOWN: "Closed: the model knows it",
}

# From which probability on a suggestion is called so, by how far confidence can be trusted (`assistant evaluate`).
SURE, FAIRLY_SURE, POSSIBLE = 0.85, 0.65, 0.4

WORDING = {
    "reasons": REASONS,
    "reason_colours": REASON_COLOURS,
    "kinds": KINDS,
    "content_notes": CONTENT_NOTES,
    "states": STATES,
    "state_colours": STATE_COLOURS,
    "decisions": DECISIONS,
    "channels": CHANNELS,
}


def sureness(confidence: float) -> str:
    """How sure the model is, as people say it."""
    if confidence >= SURE:
        return "very sure"
    if confidence >= FAIRLY_SURE:
        return "fairly sure"
    return "possible" if confidence >= POSSIBLE else "a guess"


def alike(closeness: float | None) -> str:
    """How alike two questions are: 93% alike."""
    return "" if closeness is None else f"{int(max(0.0, closeness) * 100)}% alike"


def heading_of(group: Group, words: str | None) -> str:
    """What a group's page is headed with: the question that leads it, cut at a word, or what tells nothing."""
    if group.kind != GroupKind.QUESTION or not words or not words.strip():
        return HEADINGS[group.kind]
    return shorten(words, LONGEST_HEADING)


def shorten(words: str, longest: int) -> str:
    """Words on one line and of at most so many characters, cut between two of them where that can be."""
    line = " ".join(words.split())
    if len(line) <= longest:
        return line
    return line[: longest - 1].rsplit(" ", 1)[0].rstrip(" ,;:-–") + "…"


TEMPLATES.globals.update(wording=WORDING, heading_of=heading_of)
TEMPLATES.filters.update(sureness=sureness, alike=alike)
