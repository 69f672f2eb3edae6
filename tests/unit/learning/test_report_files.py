"""The folder of reports, from run to run."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from assistant.learning.evaluation.errors import ReportNotWrittenError
from assistant.learning.evaluation.report_files import UnreadableReportError, find_previous_report, write_report
from tests.unit.learning.made_up_run import MORNING, make_answer, make_run, make_turn, report_on


class TestWriting:
    def test_it_writes_page_and_data_and_keeps_the_run_under_its_time(self, tmp_path: Path) -> None:
        written = write_report(tmp_path / "reports", report_on(make_run(make_answer())), "<p>page</p>")
        names = ["evaluation.html", "evaluation.json", "evaluation-20261123T093000Z.json"]
        assert [file.name for file in written] == names
        assert sorted(file.name for file in (tmp_path / "reports").iterdir()) == sorted(names)
        assert written[0].read_text() == "<p>page</p>"
        assert written[1].read_text() == written[2].read_text()

    def test_it_keeps_earlier_runs(self, tmp_path: Path) -> None:
        for run in (make_run(), make_run(at=MORNING + timedelta(hours=1))):
            write_report(tmp_path, report_on(run), "")
        assert len(list(tmp_path.glob("evaluation-*.json"))) == 2

    def test_it_writes_everything_as_json(self, tmp_path: Path) -> None:
        report = report_on(make_run(make_answer(), turns=(make_turn(),)))
        data = json.loads(write_report(tmp_path, report, "")[1].read_text())
        assert data["figures"]["right"] == {"count": 1, "of": 1}
        assert data["run"]["answers"][0]["question"]["text"] == "what is the LFHII?"
        assert {"outcomes", "kinds", "offers", "calibration", "refusals", "confusion", "changes"} < set(data)

    def test_it_says_where_it_cannot_write(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("")
        with pytest.raises(ReportNotWrittenError, match="Name another folder with --output"):
            write_report(tmp_path / "file", report_on(make_run()), "")


class TestReadingAgain:
    def test_it_finds_none_where_there_was_no_run(self, tmp_path: Path) -> None:
        assert find_previous_report(tmp_path / "none") is None

    def test_it_reads_what_it_wrote(self, tmp_path: Path) -> None:
        first = report_on(make_run(make_answer(), turns=(make_turn(),)))
        write_report(tmp_path, report_on(first.run, first), "")
        previous = find_previous_report(tmp_path)
        assert previous is not None
        assert previous.run == first.run
        assert previous.figures == first.figures

    def test_it_reads_questions_for_offers_that_have_gone(self, tmp_path: Path) -> None:
        report = report_on(make_run(make_answer(problems=("offers none, not gone",))))
        data = report.model_dump_json().replace("lfhii", "gone")
        (tmp_path / "evaluation.json").write_text(data)
        assert find_previous_report(tmp_path) is not None

    @pytest.mark.parametrize("content", ["", "{}", '{"run": {"form": 2}}', "[1"])
    def test_it_says_that_it_cannot_read_it(self, content: str, tmp_path: Path) -> None:
        (tmp_path / "evaluation.json").write_text(content)
        with pytest.raises(UnreadableReportError, match="nothing is compared with it"):
            find_previous_report(tmp_path)
