import pytest
from sqlalchemy.orm import Session

from assistant.catalogue.errors import TopicNotFoundError
from assistant.catalogue.topics import find_topic, get_topic


class TestGetTopic:
    def test_it_finds_the_topic(self, catalogue: Session) -> None:
        topic = get_topic(catalogue, "accountability")
        assert topic.people[0] == "joan-saddler"
        assert topic.grounding == "source"

    def test_it_refuses_an_unknown_one(self, catalogue: Session) -> None:
        with pytest.raises(TopicNotFoundError):
            get_topic(catalogue, "nothing")
        assert find_topic(catalogue, "nothing") is None
