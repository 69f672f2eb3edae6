"""Answer with a topic."""

from actions.answering import AnsweringAction
from actions.misses import say_unanswered
from actions.presenting import show_topic
from actions.turn import Turn
from assistant.catalogue.topics import find_topic
from assistant.matching.labels import TOPIC, kind_of, slug_of


class ActionAnswerTopic(AnsweringAction):
    """Answer the topic that is meant."""

    def name(self) -> str:
        return "action_answer_topic"

    def answer(self, turn: Turn) -> None:
        topic = next((find_topic(turn.session, slug_of(label)) for label in turn.meant if kind_of(label) == TOPIC), None)
        if topic is None:
            say_unanswered(turn)
        else:
            show_topic(turn, topic)
