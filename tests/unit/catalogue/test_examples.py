import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from assistant.catalogue.examples import list_examples
from assistant.catalogue.models import Example
from assistant.db.base import now


class TestListExamples:
    def test_it_lists_the_oldest_first(self, session: Session) -> None:
        for text, label in (("zebra", "offer/lfhii"), ("apple", "offer/lfhii"), ("apple", "topic/why")):
            session.add(Example(text=text, label=label))
            session.flush()
        examples = list_examples(session)
        assert [(example.text, example.label) for example in examples] == [
            ("zebra", "offer/lfhii"),
            ("apple", "offer/lfhii"),
            ("apple", "topic/why"),
        ]
        assert all(example.created_at <= now() for example in examples)

    def test_it_has_a_sentence_once_for_a_label(self, session: Session) -> None:
        with pytest.raises(IntegrityError), session.begin_nested():
            session.add_all([Example(text="apple", label="topic/why") for _ in range(2)])
        assert list_examples(session) == []
