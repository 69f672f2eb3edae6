"""Hostile words in every place of the console's database, and how it is seen that its pages only show them."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from playwright.sync_api import Page
from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.catalogue.models import Example
from assistant.db.base import now
from assistant.enquiries.desk import EnquiryDesk
from assistant.enquiries.models import (
    Conversation,
    Enquiry,
    FollowUp,
    Group,
    GroupKind,
    Message,
    QueuedEnquiry,
    Reason,
)
from assistant.enquiries.references import new_reference
from assistant.review.models import Decision, DecisionKind, Effect, WrittenAnswer
from assistant.staff.models import Staff

A_GROUP = 100  # as many as a page to decide on shows
A_LETTER = 25
NAME, ADDRESS = "name of {}", "address-of-{}@evil.test"

# What no page of the console holds unless words became markup.
LOOK = """() => {
    const alien = "applet audio base embed fencedframe frame frameset iframe isindex link[href*=evil] marquee "
        + "math object portal slot style template textarea[onfocus] video xss foreignObject animate set use plaintext "
        + "enquiry-assistant [style] [srcdoc] [autofocus] [formaction] [ping] [popover] [is] [part]";
    const all = [...document.querySelectorAll("*")];
    const own = (url) => !url || new URL(url, location.href).origin === location.origin || /^(mailto|tel):/.test(url);
    return [
        ...alien.split(" ").filter((each) => document.querySelector(each)),
        ...all.flatMap((each) => each.getAttributeNames()).filter((name) => /^on/i.test(name)),
        ...all.flatMap((each) => ["href", "src", "action"].map((name) => each.getAttribute(name)))
            .filter((url) => !own(url)),
        ...[...document.head.querySelectorAll("meta")].slice(4).map((each) => each.outerHTML),
        ...[...document.querySelectorAll("main script, main link, main meta, main title, main img, main b, main i")]
            .filter((each) => !each.closest("svg")).map((each) => each.outerHTML),
        ...Object.keys(Object.prototype),
    ];
}"""


def shown(page: Page, where: str) -> list[str]:
    """The texts of all such elements, once it is seen that the page holds nothing that words could have put there."""
    assert page.evaluate(LOOK) == []
    texts: list[str] = page.locator(where).evaluate_all("all => all.map((each) => each.textContent)")
    return texts


def add_member(session: Session, group: Group, text: str | None, place: int) -> str:
    """An enquiry of a group with a conversation around it; returns its reference. Later places are asked later."""
    reference, at = new_reference(), group.first_at + timedelta(seconds=place)
    own = {"conversation_id": f"of {reference}", "reference": reference, "text": text, "received_at": at}
    session.add(Conversation(id=f"of {reference}", channel="web", token_hash="", created_at=at))
    session.flush()
    session.add(Enquiry(**own, channel="web", outcome="unanswered"))
    session.add(Message(**own, fingerprint="", reply={"replies": [{"text": text or ""}]}))
    session.flush()
    session.add(
        QueuedEnquiry(
            reference=reference,
            group_id=group.id,
            reasons=[Reason.UNANSWERED.value],
            channel="web",
            received_at=at,
            is_sorted=True,
        )  # fmt: skip
    )
    return reference


def add_group(
    session: Session, texts: Sequence[str | None], kind: GroupKind = GroupKind.QUESTION
) -> tuple[Group, list[str]]:
    """A group of these texts, in their order; returns it with its references. The first one leads."""
    moment = now() - timedelta(days=1)
    group = Group(
        kind=kind.value, askers=len(texts), enquiries=len(texts), unanswered=len(texts), first_at=moment, last_at=moment
    )
    session.add(group)
    session.flush()
    references = [add_member(session, group, text, place) for place, text in enumerate(texts)]
    group.leader = references[0]
    return group, references


def wait_for_answers(session: Session, desk: EnquiryDesk, texts: Sequence[str], references: Sequence[str]) -> None:
    """Have the askers left name and address, which hold hostile words too."""
    for text, reference in zip(texts, references, strict=True):
        left = FollowUp(reference=reference, consent_wording="w", consent_at=now(), channel="web")
        left.name_encrypted = desk.cipher.encrypt(NAME.format(text))
        left.email_encrypted = desk.cipher.encrypt(ADDRESS.format(text))
        session.add(left)


def tell(session: Session, desk: EnquiryDesk, words: str) -> tuple[int, str]:
    """Somebody told of racism in these words and let us keep them; returns the group and the reference."""
    group, (reference,) = add_group(session, [None], GroupKind.DISCLOSURE)
    kept = {"words_encrypted": desk.cipher.encrypt(words), "words_consent_at": now()}
    session.add(FollowUp(reference=reference, consent_wording="w", consent_at=now(), channel="web", **kept))
    return group.id, reference


def write(session: Session, group: Group, texts: Sequence[str]) -> list[int]:
    """Decisions with these notes and, many in one, answers in writing; returns the numbers of the answers."""
    notes = [Decision(group_id=group.id, kind=DecisionKind.WAIT.value, note=text) for text in texts]
    session.add_all(notes)
    session.flush()
    answers = [WrittenAnswer(decision_id=notes[0].id, text=words) for words in letters(texts)]
    session.add_all(answers)
    session.flush()
    return [answer.id for answer in answers]


def propose(session: Session, texts: Sequence[str]) -> int:
    """Examples of these texts, and an effect that tells of them; returns its number."""
    examples = [Example(text=text, label="offer/lfhii", state="proposed") for text in texts]
    session.add_all(examples)
    session.flush()
    changes = [
        {"text": text, "before": ["unknown"], "after": ["unknown"], "was_right": True, "is_right": True}
        for text in texts
    ]
    counts = {"unchanged": 0, "changed": len(texts)}
    regression = {**counts, "changes": changes, "held_out": False, "right": {"before": 1, "after": 1}}
    result = {"regression": regression, "week": {**counts, "changes": []}, "groups": [], "seconds": 1}
    effect = Effect(examples=[each.id for each in examples], covers="", finished_at=now(), result=result)
    session.add(effect)
    session.flush()
    return effect.id


def add_staff(session: Session, names: Sequence[str]) -> None:
    """Colleagues of these names."""
    session.add_all(Staff(email=f"{number}@evil.test", name=name, role="reviewer") for number, name in enumerate(names))


def staff_names(session: Session) -> set[str]:
    """Everybody's."""
    return set(session.scalars(select(Staff.name)))


def batches(texts: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    """So many at once, in their order."""
    return (texts[start : start + size] for start in range(0, len(texts), size))


def letters(texts: Sequence[str]) -> Iterator[str]:
    """Many texts in one, each on lines of its own."""
    return ("\n\n".join(some) for some in batches(texts, A_LETTER))
