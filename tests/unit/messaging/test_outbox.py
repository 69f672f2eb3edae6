from assistant.db.engine import Database
from assistant.enquiries.encryption import Cipher
from assistant.messaging.models import PostKind
from assistant.messaging.outbox import (
    Letterhead,
    claim_posts,
    find_sent,
    note_pressed,
    note_progress,
    note_sent,
    open_post,
    queue_post,
)

HEAD = Letterhead("slack", "lane", {"channel": "D1"})


def test_the_same_is_queued_once_in_each_channel(database: Database, cipher: Cipher) -> None:
    with database.write() as session:
        assert queue_post(session, HEAD, PostKind.NOTICE, "k", {}, cipher) is not None
        assert queue_post(session, HEAD, PostKind.NOTICE, "k", {}, cipher) is None
        assert queue_post(session, Letterhead("teams", "lane", {}), PostKind.NOTICE, "k", {}, cipher) is not None


def test_what_is_claimed_is_unsure_until_something_else_is_noted(database: Database, cipher: Cipher) -> None:
    with database.write() as session:
        queue_post(session, HEAD, PostKind.NOTICE, "k", {"texts": ["é\0"]}, cipher)
    with database.write() as session:
        [claimed] = claim_posts(session, ["slack"], 5)
        note_progress(session, claimed.post.id, "half")
    with database.write() as session:
        session.refresh(session.merge(claimed.post))
    assert (claimed.is_unsure, claimed.post.is_unsure) == (False, True)
    post = open_post(claimed.post, cipher)
    assert (post.content, post.address, post.first_try_at) == (
        {"texts": ["é\0"]},
        {"channel": "D1"},
        claimed.post.first_try_at,
    )


def test_a_sent_reply_is_found_by_its_name_and_keeps_what_was_pressed(database: Database, cipher: Cipher) -> None:
    with database.write() as session:
        queue_post(session, HEAD, PostKind.REPLY, "k", {"reply": {}}, cipher)
    with database.write() as session:
        note_sent(session, claim_posts(session, ["slack"], 5)[0].post, "1.1")
    with database.write() as session:
        [sent] = find_sent(session, "slack", "1.1")
        note_pressed(sent, {"useful": True}, cipher)
        assert note_pressed(sent, {"choice": "A"}, cipher)["pressed"] == {"useful": True, "choice": "A"}
        others = [("teams", "1.1"), ("slack", "2"), ("slack", ""), ("slack", "\0\ud800")]
        assert [list(find_sent(session, *other)) for other in others] == [[]] * 4
