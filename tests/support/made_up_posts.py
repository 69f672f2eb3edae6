"""Posts of every kind, real and hostile."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from assistant.catalogue.offers import list_offers
from assistant.db.engine import Database
from assistant.enquiries.outcomes import Outcome
from assistant.enquiries.replies import public_offer
from assistant.messaging.models import PostKind
from assistant.messaging.outbox import OpenPost
from assistant.settings import Settings

LINK = "https://assistant.example.org/staff/queue"
HOSTILE = [
    "<!channel>", "<!here>", "<!everyone>", "<!subteam^S1>", "<!subteam^S1|@team>", "<@U1>", "<@W1|name>", "<#C1>",
    "<#C1|general>", "@channel", "@here", "@everyone", "@group", "(@channel)", "x @HERE y", "<https://evil|nhs.net>",
    "<http://evil.example|https://nhs.uk>", "<mailto:a@evil.example|b@nhs.net>", "<tel:1|999>", "<!date^1^{date}|x>",
    "<!date^1^{date}^https://evil|x>", "&lt;!channel&gt;", "&amp;lt;!channel&amp;gt;", "&#60;!channel&#62;", "<", ">",
    "&", "<<!channel>>", "<!chan\u200bnel>", "*_~`x`~_*", "```\n<!channel>\n```", "> quote", "[nhs.uk](https://evil)",
    "[nhs.uk](https://evil 'title')", "[nhs.uk][1]\n\n[1]: https://evil", "![x](https://evil/x.png)", "<https://evil>",
    "<at>Somebody</at>", "<at id='0'>x</at>", "</at>", "<b>x</b>", "<script>alert(1)</script>", "<a href='//e'>x</a>",
    "${name}", "${{x}}", "$${x}", "{{DATE(2017-02-14T06:00:00Z, SHORT)}}", "{{TIME(2017-02-14T06:00:00Z)}}", "{{{x}}}",
    '{"type": "Action.OpenUrl", "url": "https://evil"}', '"}],"actions":[{"type":"Action.OpenUrl"}]', "\\u003c!channel",
    "\u202egro.live//:sptth", "\u2066x\u2069", "a\u200bb\u200dc\u2060", "\u0000", "a\x00b\x1b[31m", "\ud800",
    "x\udfffy",
    "\u2028\u2029\x85", "\r\n\r\n", "", " ", "\t\n", "\U000e0041\U000e007f", "\ufeff", "W\u0301" * 400, "a" * 5000,
    "<" * 5000, "&" * 7000, "\U0001f600" * 2000, "{" * 3000, "@channel " * 900, "a b " * 2000, "\n" * 4000,
    "https://evil@nhs.uk/", "https://nhs.uk@evil.example/", "https://xn--nhs-x.uk/", "https://\u0430.uk/x",
    "javascript:x",
    "https://nhs.uk|evil", "mailto:a@b.example", "a@b.example", "a&b@c.example", "999", "111\u202e", "0000-01",
    "2022-13",
]  # fmt: skip


def post_of(kind: str, **content: Any) -> OpenPost:
    """A post with that content."""
    return OpenPost(1, "made up", PostKind(kind), {}, content, None, datetime(2026, 11, 28, tzinfo=UTC))


def reply_of(**fields: Any) -> dict[str, Any]:
    """A reply that says one sentence, but for these fields."""
    plain = {"enquiry": "ENQ-ABCD-EFGH", "outcome": "info", "replies": [{"text": "So it is."}], "offers": []}
    return {**plain, "topic": None, "person": None, "people": [], "choices": [], "expects": None, **fields}


def posts_that_say(words: str, times: int = 1) -> Iterator[OpenPost]:
    """Every kind and outcome, with these words wherever there can be words, so many times."""
    offer = {
        "slug": words,
        "name": words,
        "summary": words,
        "stages": [words],
        "tier": words,
        "contact": {"email": words, "phone": words, "published": True},
        "source": {"title": words, "published": words, "edited_on": words, "checked_on": words},
    }
    offers = [offer, {**offer, "source": {"title": words, "published": words}}] * times
    full = {
        "enquiry": words,
        "replies": [{"text": words}] * times,
        "topic": words,
        "people": [{"name": words, "role": words}] * times,
        "choices": [{"id": f"{number}{words}", "label": words} for number in range(times * 2)],
        "expects": "question",
    }
    for outcome in Outcome:
        yield post_of("reply", reply=reply_of(**full, outcome=outcome.value, offers=offers))
    listed = reply_of(**full, outcome="list", offers=offers)
    bare = reply_of(enquiry=None, outcome="smalltalk", replies=[{"text": words}] * times)
    yield post_of("reply", reply=bare)
    yield post_of("update", reply=bare, pressed={"choice": words}, message=words)
    yield post_of("update", reply=listed, pressed={"choice": words, "useful": False, "form": True}, message=words)
    yield post_of("notice", texts=[words] * times, is_welcome=True)
    yield post_of("notice", texts=[words] * times)
    yield post_of("answer", texts=[words] * times, reference=words)
    yield post_of("digest", title=words, lines=[words] * times, link=words)
    suggestions = [{"label": words, "title": words}] * 3
    review = {"title": words, "lines": [words] * times, "facts": [words] * times, "group": 7, "version": 3}
    yield post_of("review", **review, suggestions=suggestions, link=words, can_decide=True)
    yield post_of("review", **review, suggestions=suggestions, link=LINK, can_decide=True, decided=words)
    yield post_of("home", stages=[{"stage": words, "offers": offers}] * 3)


def real_offers(database: Database) -> list[dict[str, Any]]:
    """The catalogue as the API shows it."""
    with database.read() as session:
        return [public_offer(offer, Settings()) for offer in list_offers(session)]
