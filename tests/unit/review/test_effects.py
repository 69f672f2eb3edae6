from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from assistant.catalogue.examples import list_examples
from assistant.db.base import now
from assistant.review.effects import (
    STALE,
    approve_with_effect,
    ask_for_effect,
    claim_effect,
    finish_effect,
    get_effect,
    is_effect_free,
    release_effect,
)
from assistant.review.errors import ChangedMeanwhileError, DecisionRefusedError, EffectNotFoundError
from assistant.review.examples import propose

MOMENT = now()


@pytest.fixture
def ids(session: Session, robin: int) -> list[int]:
    """Two proposed examples."""
    return [each.id for each in propose(session, ["Is there parking?", "Parking"], "out_of_scope", robin)]


class TestClaimEffect:
    def test_each_is_claimed_once_until_its_claim_is_stale(self, session: Session, robin: int, ids: list[int]) -> None:
        effect = ask_for_effect(session, ids, robin)
        assert is_effect_free(session, MOMENT) and claim_effect(session, MOMENT) is effect
        assert claim_effect(session, MOMENT + STALE - timedelta(seconds=1)) is None
        assert claim_effect(session, MOMENT + STALE) is effect

    def test_it_is_taken_up_at_once_when_its_claim_was_given_back(
        self, session: Session, robin: int, ids: list[int]
    ) -> None:
        effect = ask_for_effect(session, ids, robin)
        claim_effect(session, MOMENT)
        release_effect(session, effect.id)
        session.refresh(effect)
        assert claim_effect(session, MOMENT) is effect

    def test_what_is_finished_is_claimed_no_more_and_keeps_its_first_result(
        self, session: Session, robin: int, ids: list[int]
    ) -> None:
        effect = ask_for_effect(session, ids, robin)
        finish_effect(session, effect.id, {"seconds": 1})
        finish_effect(session, effect.id, None, "late")
        session.refresh(effect)
        assert (effect.result, effect.error) == ({"seconds": 1}, None)
        assert not is_effect_free(session, MOMENT + STALE * 2)


class TestApproveWithEffect:
    def test_it_approves_exactly_what_was_seen(self, session: Session, robin: int, ids: list[int]) -> None:
        effect = ask_for_effect(session, ids[:1], robin)
        finish_effect(session, effect.id, {"seconds": 1})
        session.refresh(effect)
        assert approve_with_effect(session, effect.id, robin) == 1
        assert [example.id for example in list_examples(session)] == ids[:1]

    def test_it_approves_nothing_before_the_effect_is_known(self, session: Session, robin: int, ids: list[int]) -> None:
        effect = ask_for_effect(session, ids, robin)
        with pytest.raises(DecisionRefusedError, match="not known yet"):
            approve_with_effect(session, effect.id, robin)

    @pytest.mark.parametrize("change", [{"text": "other"}, {"label": "topic/why"}, {"state": "withdrawn"}])
    def test_it_approves_nothing_that_changed_since(
        self, session: Session, robin: int, ids: list[int], change: dict[str, str]
    ) -> None:
        effect = ask_for_effect(session, ids[:1], robin)
        finish_effect(session, effect.id, {"seconds": 1})
        session.refresh(effect)
        example = propose(session, ["Is there parking?"], "out_of_scope", robin)[0]
        for name, value in change.items():
            setattr(example, name, value)
        session.flush()
        with pytest.raises(ChangedMeanwhileError, match="See the effect again"):
            approve_with_effect(session, effect.id, robin)

    def test_it_approves_nothing_once_others_were_approved(self, session: Session, robin: int, ids: list[int]) -> None:
        mine, theirs = (ask_for_effect(session, [each], robin) for each in ids)
        for effect in (mine, theirs):
            finish_effect(session, effect.id, {"seconds": 1})
            session.refresh(effect)
        approve_with_effect(session, theirs.id, robin)
        with pytest.raises(ChangedMeanwhileError):
            approve_with_effect(session, mine.id, robin)

    def test_it_knows_no_effect_that_nobody_asked_for(self, session: Session, robin: int) -> None:
        with pytest.raises(EffectNotFoundError):
            get_effect(session, 5)
        with pytest.raises(DecisionRefusedError, match="Tick"):
            ask_for_effect(session, [5], robin)
