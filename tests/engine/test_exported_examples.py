"""What was exported, as Rasa's own reader takes it, without TensorFlow."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rasa.shared.nlu.training_data.formats.rasa_yaml import RasaYAMLReader

from assistant.catalogue.file_changes import write_changes
from assistant.catalogue.models import Example
from assistant.db.engine import Database
from assistant.matching.taught import alike
from assistant.nlu.database_importer import DatabaseImporter
from assistant.review.example_files import find_unwritable, plan_examples
from tests.conftest import ROOT

OFFER = 'version: "3.1"\nnlu:\n- intent: offer/lfhii\n  examples: |\n    - lfhii\n'
MARKS = [*"[](){}\"'\\%|\té ", "- ", "# ", ": ", "u0041", "${HOME}", "👩🏽‍⚕️", "ab"]
SENTENCES = st.one_of(st.text(min_size=1), st.lists(st.sampled_from(MARKS), min_size=1).map("".join))


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
@given(text=SENTENCES)
def test_rasa_reads_every_sentence_that_is_not_refused_as_it_is(database: Database, tmp_path: Path, text: str) -> None:
    if find_unwritable(text):
        return
    file = tmp_path / "lfhii.yml"
    file.write_text(OFFER, encoding="utf-8")
    with database.read() as session:
        session.add(Example(text=text, label="offer/lfhii", state="approved"))
        write_changes(plan_examples(session, tmp_path))
        session.rollback()
    read = RasaYAMLReader().read(file).training_examples
    assert [each.get("text") for each in read] == (["lfhii"] if alike(text) == "lfhii" else ["lfhii", text])
    assert all(each.get_full_intent() == "offer/lfhii" and not each.get("entities") for each in read)


def test_training_has_an_exported_example_once(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "lfhii.yml").write_text(OFFER, encoding="utf-8")
    monkeypatch.setenv("ASSISTANT_DATABASE_URL", str(database.engine.url))
    with database.write() as session:
        session.add_all([Example(text=text, label="offer/lfhii", state="approved") for text in ("zebras", "apples")])

    def taught() -> list[tuple[str, str]]:
        importer = DatabaseImporter(domain_path=str(ROOT / "domain.yml"), training_data_paths=[str(tmp_path)])
        return sorted((each.get("text"), each.get_full_intent()) for each in importer.get_nlu_data().training_examples)

    before = taught()
    with database.read() as session:
        write_changes(plan_examples(session, tmp_path))
    assert taught() == before == [(text, "offer/lfhii") for text in ("apples", "lfhii", "zebras")]
