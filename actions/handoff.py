"""Leave a question for a person, step by step. What is given never comes here: only that it was given."""

from actions.answering import AnsweringAction
from actions.turn import Turn
from assistant.enquiries.outcomes import Outcome
from assistant.enquiries.references import find_references
from assistant.messaging.status import find_status, left_questions

# What racism somebody told of is kept only with a yes of its own.
NEXT_STEP = {"question": "name", "name": "email", "email": "consent", "consent": "words"}


def begin(turn: Turn) -> None:
    """Ask for the question, or go on with the one that could not be answered and is kept."""
    turn.outcome(Outcome.HANDOFF)
    if turn.metadata.get("kept_question"):
        turn.say("utter_ask_name_for_kept_question")
        turn.expect("name")
    else:
        turn.say("utter_ask_question")
        turn.expect("question")


class ActionLeaveQuestion(AnsweringAction):
    """Begin, or ask the open step again."""

    def name(self) -> str:
        return "action_leave_question"

    def answer(self, turn: Turn) -> None:
        if turn.step:
            turn.outcome(Outcome.HANDOFF)
        else:
            begin(turn)


class ActionTakeStep(AnsweringAction):
    """Take what our edge says of a step: given, invalid, yes or no. The payload itself says which step it was."""

    asks_open_step_again = False

    def name(self) -> str:
        return "action_take_step"

    def answer(self, turn: Turn) -> None:
        turn.outcome(Outcome.HANDOFF)
        step, state = turn.entity("step") or "question", turn.entity("state")
        if state == "invalid":
            turn.say(f"utter_invalid_{step}")
            turn.expect(step)
        elif state == "yes" or step == "words":
            left = "utter_question_left" if state == "yes" else "utter_question_left_without_words"
            turn.say(left, reference=turn.metadata.get("reference", ""))
            turn.expect(None)
        elif state == "no":
            turn.say_with_general_contact("utter_consent_refused")
            turn.expect(None)
        else:
            following = NEXT_STEP.get(step, "consent")
            turn.say(f"utter_ask_{following}")
            turn.expect(following)


class ActionCancel(AnsweringAction):
    """Stop leaving a question."""

    asks_open_step_again = False

    def name(self) -> str:
        return "action_cancel"

    def answer(self, turn: Turn) -> None:
        if turn.step:
            turn.outcome(Outcome.HANDOFF)
            turn.say("utter_cancelled")
            turn.expect(None)
        else:
            turn.outcome(Outcome.SMALLTALK)
            turn.say("utter_nothing_to_cancel")


class ActionTellStatus(AnsweringAction):
    """Tell what became of the questions left in this conversation, and nothing about any other."""

    def name(self) -> str:
        return "action_tell_status"

    def answer(self, turn: Turn) -> None:
        turn.outcome(Outcome.HANDOFF)
        quoted = find_references(turn.text)
        if quoted:
            self._tell_quoted(turn, quoted)
            return
        left = left_questions(turn.session, turn.conversation)
        for question in left:
            turn.say("utter_status", reference=question.reference, status=question.status)
        if not left:
            turn.say("utter_no_status")
            turn.remember(offered_person=True)

    def _tell_quoted(self, turn: Turn, quoted: list[str]) -> None:
        for reference in quoted:
            status = find_status(turn.session, turn.conversation, reference)
            if status is None:
                turn.say_with_general_contact("utter_unknown_reference")
            else:
                turn.say("utter_status", reference=reference, status=status)
