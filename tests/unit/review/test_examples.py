import re
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from assistant.catalogue.examples import list_examples
from assistant.catalogue.models import ExampleState, Person
from assistant.matching.taught import alike
from assistant.review.errors import ChangedMeanwhileError
from assistant.review.examples import (
    approve,
    claim_example,
    edit_example,
    find_fault,
    hash_examples,
    known_sentences,
    list_in_state,
    mark_of,
    move_example,
    propose,
    suggest_text,
)

ROOT = Path(__file__).parents[3]
TITLES = {"offer/lfhii": "Leadership Framework"}


def redact(text: str) -> str:
    """Takes out one name and one number."""
    return text.replace("Ade", "[name]").replace("07700 900123", "[phone]").replace("Joan", "[person:joan-saddler]")


class TestFindFault:
    @pytest.mark.parametrize(
        ("text", "fault"),
        [
            ("", "The message is empty"),
            ("x" * 1001, "too long"),
            ("can [name] join the seminar", "in place of \\[name\\]"),
            ("ring me on [phone] about [person:nobody]", "in place of \\[phone\\], \\[person:nobody\\]"),
            ("can Ade join, 07700 900123", "looks like personal data: \\[name\\], \\[phone\\]"),
            ("  LFHII?", "taught this sentence already, as “Leadership Framework”"),
        ],
    )
    def test_it_says_what_is_wrong_and_what_to_do(self, text: str, fault: str) -> None:
        found = find_fault(text, redact, {"lfhii": "offer/lfhii"}, TITLES)
        assert found is not None
        assert re.search(fault, found)

    @pytest.mark.parametrize("text", ["can a colleague join", "what does Joan do"])
    def test_it_finds_nothing_in_a_clean_sentence_or_a_published_name(self, text: str) -> None:
        assert find_fault(text, redact, {}, TITLES) is None


class TestKnownSentences:
    def test_it_knows_those_of_the_files_and_those_that_stand(self, session: Session, robin: int) -> None:
        kept, gone = propose(session, ["Is there parking?", "Is there a crèche?"], "out_of_scope", robin)
        move_example(session, gone, ExampleState.WITHDRAWN, robin)
        known = known_sentences(session, ROOT / "data")
        assert known["lfhii"] == "offer/lfhii"
        assert known[alike(kept.text)] == "out_of_scope" and alike(gone.text) not in known


class TestSuggestText:
    def test_it_writes_people_of_the_catalogue_by_name_and_leaves_the_rest_to_the_reviewer(
        self, session: Session
    ) -> None:
        session.add(Person(slug="joan-saddler", position=1, name="Joan Saddler", role="Director", aliases=[]))
        session.flush()
        found = suggest_text(session, "Does [person:joan-saddler] know [name] and [person:gone]?")
        assert found == "Does Joan Saddler know [name] and [person:gone]?"


class TestPropose:
    def test_it_proposes_each_once_and_again_what_was_withdrawn(self, session: Session, robin: int) -> None:
        [example] = propose(session, ["Is there parking?", " Is there parking? "], "offer/lfhii", robin)
        move_example(session, example, ExampleState.WITHDRAWN, robin)
        assert propose(session, ["Is there parking?"], "offer/lfhii", robin) == [example]
        assert list_in_state(session, ExampleState.PROPOSED) == [example]
        assert list_examples(session) == []


class TestEditing:
    def test_it_changes_only_what_its_user_saw(self, session: Session, robin: int) -> None:
        [example] = propose(session, ["Is there parking?"], "offer/lfhii", robin)
        mark = mark_of(example)
        edit_example(session, claim_example(session, example.id, mark), "Where is parking?", "offer/lfhii", robin)
        with pytest.raises(ChangedMeanwhileError):
            claim_example(session, example.id, mark)

    def test_it_makes_no_second_one_of_the_same(self, session: Session, robin: int) -> None:
        one, other = propose(session, ["Is there parking?", "Parking"], "offer/lfhii", robin)
        with pytest.raises(ChangedMeanwhileError, match="such an example already"):
            edit_example(session, other, one.text, "offer/lfhii", robin)


class TestHashExamples:
    def test_it_changes_with_a_word_a_label_and_what_is_approved(self, session: Session, robin: int) -> None:
        one, other = propose(session, ["Is there parking?", "Parking"], "offer/lfhii", robin)
        hashes = {hash_examples(session, [one])}
        one.text = "Is there much parking?"
        hashes.add(hash_examples(session, [one]))
        one.label = "offer/wres"
        hashes.add(hash_examples(session, [one]))
        approve(session, [other], robin)
        session.flush()
        hashes.add(hash_examples(session, [one]))
        assert len(hashes) == 4
