"""Answer with a topic."""

import re

from actions.answering import AnsweringAction
from actions.misses import say_unanswered
from actions.presenting import show_list, show_topic
from actions.turn import Turn
from assistant.catalogue.models import Stage
from assistant.catalogue.offers import list_offers
from assistant.catalogue.topics import find_topic
from assistant.matching.labels import TOPIC, kind_of, slug_of

# "What is there under commit?" asks for its offers, "what does commit mean?" for the stage itself.
LISTING = re.compile(
    r"\b(there|available|programmes?|programs?|offers?|packages?|support|which|list|anything)\b", re.IGNORECASE
)
MEANING = re.compile(r"\b(mean|means|meant|meaning|about|explain|define|definition|stand for)\b", re.IGNORECASE)


class ActionAnswerTopic(AnsweringAction):
    """Answer the topic that is meant."""

    def name(self) -> str:
        return "action_answer_topic"

    def answer(self, turn: Turn) -> None:
        topic = next(
            (find_topic(turn.session, slug_of(label)) for label in turn.meant if kind_of(label) == TOPIC), None
        )
        if (
            topic is not None
            and topic.slug in list(Stage)
            and LISTING.search(turn.text)
            and not MEANING.search(turn.text)
        ):
            show_list(turn, list_offers(turn.session, stage=Stage(topic.slug)), f"in the {topic.slug} stage")
        elif topic is None:
            say_unanswered(turn)
        else:
            show_topic(turn, topic)
