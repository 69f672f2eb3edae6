"""What the card of a group says, as it stands, and showing it anew."""

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from assistant.enquiries.encryption import Cipher
from assistant.enquiries.models import Enquiry, Group, GroupKind, GroupState
from assistant.matching.labels import OUT_OF_SCOPE
from assistant.messaging.arrivals import hash_of
from assistant.messaging.models import Post, PostKind
from assistant.messaging.outbox import Letterhead, queue_post
from assistant.review.decisions import tell_last_decision
from assistant.review.examples import suggest_text
from assistant.review.meanings import list_titles
from assistant.review.models import Decision, DecisionKind, ReviewCard
from assistant.settings import Settings
from assistant.staff.models import Staff

MOST_SUGGESTED = 3
QUESTION, WITH_CARE, ERASED = "A question that needs somebody", "A message that was met with care", "Erased"
OPENED_AGAIN = "It was opened again, and has a newer card."
NOW_ERASED = "What was asked is erased."
COUNTS = {
    "unanswered": "not understood",
    "uncertain": "answered with little confidence",
    "not_useful": "found not useful",
    "handoffs": "left for a person, and waiting",
}


def find_opening(session: Session, group_id: int) -> int:
    """The number of the decision that last opened the group again; 0 when none did."""
    reopened = select(func.max(Decision.id)).where(
        Decision.group_id == group_id, Decision.kind == DecisionKind.REOPEN.value, Decision.undone_at.is_(None)
    )
    return session.scalar(reopened) or 0


def card_of(session: Session, group: Group, opening: int, settings: Settings) -> dict[str, Any]:
    """The card of a group for one time it was opened. Where care was due it holds no words and nothing to decide."""
    needs_care = group.kind != GroupKind.QUESTION
    is_open = group.state == GroupState.OPEN and opening == find_opening(session, group.id)
    titles = list_titles(session)
    card: dict[str, Any] = {
        "title": WITH_CARE if needs_care else QUESTION,
        "lines": [] if needs_care else _words_of(session, group),
        "facts": [] if needs_care else _facts_of(group),
        "group": group.id,
        "version": group.version,
        "suggestions": [] if needs_care else suggest(group, titles),
        "link": _link_to(group.id, settings),
        "can_decide": is_open and not needs_care,
    }
    if is_open:
        assignee = session.get(Staff, group.assignee_id) if group.assignee_id else None
        card["facts"] += [f"Assigned to {assignee.name}"] if assignee else []
    else:
        is_newer = group.state == GroupState.OPEN
        card["decided"] = OPENED_AGAIN if is_newer else tell_last_decision(session, group.id, titles)
    return card


def erased_card(card: ReviewCard) -> dict[str, Any]:
    """What stands in place of a card whose group is no longer kept."""
    shown = {"title": ERASED, "lines": [], "facts": [], "group": card.group_id, "version": card.version}
    return {**shown, "suggestions": [], "link": None, "can_decide": False, "decided": NOW_ERASED}


def suggest(group: Group, titles: dict[str, str]) -> list[dict[str, str]]:
    """What the model takes the group for, the most probable first, as far as it can be chosen."""
    labels = dict.fromkeys([group.label or "", *(group.others or ())])
    chosen = [label for label in labels if label in titles and label != OUT_OF_SCOPE]
    return [{"label": label, "title": titles[label]} for label in chosen[:MOST_SUGGESTED]]


def find_card(session: Session, group_id: int, message: str) -> ReviewCard | None:
    """The card of this group that its channel knows by this name."""
    card = select(ReviewCard).where(ReviewCard.group_id == group_id, ReviewCard.message == message)
    return session.scalars(card).first()


def key_of(card: ReviewCard) -> str:
    """The key of the post that shows the card first."""
    return f"review:{card.lane}:{card.group_id}:{card.opening}"


def note_name(session: Session, post: Post, sent_as: str) -> None:
    """Keep with a card what its channel calls it, as soon as that is known.

    Whoever asked may erase it at once, and the post goes with it: so the card is found by the post's key.
    """
    for card in session.scalars(select(ReviewCard).where(ReviewCard.lane == post.lane, ReviewCard.message.is_(None))):
        if hash_of(key_of(card)) == post.key:
            card.message = sent_as


def show_anew(
    session: Session, card: ReviewCard, head: Letterhead, message: str, key: str, cipher: Cipher, settings: Settings
) -> None:
    """Have the card in a channel shown as its group stands now, and forget the card with an erased group."""
    group = session.get(Group, card.group_id)
    content = card_of(session, group, card.opening, settings) if group else erased_card(card)
    reference = group.leader if group else None
    addressed = Letterhead(head.channel, card.lane, head.address, reference=reference)
    queue_post(session, addressed, PostKind.REVIEW, key, {**content, "message": message}, cipher)
    if group is None:
        session.delete(card)
        return
    card.version, card.leader, card.message = group.version, group.leader, message


def _words_of(session: Session, group: Group) -> list[str]:
    leader = session.get(Enquiry, group.leader) if group.leader else None
    return [suggest_text(session, leader.text)] if leader is not None and leader.text else []


def _facts_of(group: Group) -> list[str]:
    asked = f"{group.askers:,} {'asker' if group.askers == 1 else 'askers'}"
    counts = {words: getattr(group, name) for name, words in COUNTS.items()}
    return [asked, *(f"{count:,} {words}" for words, count in counts.items() if count)]


def _link_to(group_id: int, settings: Settings) -> str | None:
    return f"{str(settings.public_url).rstrip('/')}/staff/groups/{group_id}" if settings.public_url else None
