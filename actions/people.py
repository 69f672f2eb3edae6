"""Answer with a person."""

from actions.answering import AnsweringAction
from actions.misses import say_unanswered
from actions.presenting import show_person
from actions.turn import Turn
from assistant.catalogue.people import find_person
from assistant.matching.labels import PERSON, kind_of, slug_of


class ActionAnswerPerson(AnsweringAction):
    """Answer the person who is meant."""

    def name(self) -> str:
        return "action_answer_person"

    def answer(self, turn: Turn) -> None:
        labels = [label for label in turn.meant if kind_of(label) == PERSON]
        person = next((find_person(turn.session, slug_of(label)) for label in labels), None)
        if person is None:
            say_unanswered(turn)
            return
        show_person(turn, person)
        if "contact" in turn.entities("aspect"):
            turn.say_with_general_contact("utter_person_contact", name=person.name)
