"""The folder of reports: the newest under plain names, and every run once more under its time."""

import os
from pathlib import Path

from pydantic import ValidationError

from assistant.errors import AssistantError
from assistant.learning.evaluation.errors import ReportNotWrittenError
from assistant.learning.evaluation.report import EarlierReport, Report

NEWEST, PAGE = "evaluation.json", "evaluation.html"


class UnreadableReportError(AssistantError):
    """The report of the previous run cannot be read, so that nothing can be compared with it."""


def find_previous_report(folder: Path) -> EarlierReport | None:
    """The report of the newest run in `folder`, or None when there is none. Raises UnreadableReportError."""
    file = folder / NEWEST
    try:
        return EarlierReport.model_validate_json(file.read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValidationError):
        raise UnreadableReportError(
            f"{file} cannot be read as the report of an earlier run, so nothing is compared with it. "
            "The report of this run will take its place."
        ) from None


def write_report(folder: Path, report: Report, page: str) -> list[Path]:
    """Write data and page; returns the files, the page first. Raises ReportNotWrittenError."""
    data = report.model_dump_json(indent=1)
    texts = {PAGE: page, NEWEST: data, f"evaluation-{report.run.at:%Y%m%dT%H%M%SZ}.json": data}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in texts.items():
            _write_whole(folder / name, text)
    except OSError as error:
        raise ReportNotWrittenError(
            f"The report cannot be written to {folder} ({error.strerror}). Name another folder with --output."
        ) from None
    return [folder / name for name in texts]


def _write_whole(file: Path, text: str) -> None:
    """Put it in place in one go: half a report would be in the way of every run after it."""
    unfinished = file.with_name(f"{file.name}.unfinished")
    unfinished.write_text(text, encoding="utf-8")
    os.replace(unfinished, file)
