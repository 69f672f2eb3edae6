"""Read a folder of labelled questions: CSV files with the columns `text` and `label`, as bots in use write them."""

import csv
import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from assistant.errors import AssistantError
from assistant.matching.labels import OUT_OF_SCOPE

TEXT, LABEL = "text", "label"
OOS = "oos"  # how the public sets label what is out of scope
END = "\0"  # read after the last line: it stands in a row of its own unless a quotation mark is still open


class QuestionsError(AssistantError):
    """A folder or file of questions cannot be used; the message names file and line."""


@dataclass(frozen=True)
class Questions:
    """The labelled questions of one file; what is out of scope has the label OUT_OF_SCOPE."""

    name: str  # of the file, without .csv
    texts: list[str]
    labels: list[str]
    skipped: int = 0  # rows without a text or without a label

    @property
    def labels_in_scope(self) -> set[str]:
        """The different labels but for out of scope."""
        return set(self.labels) - {OUT_OF_SCOPE}

    def shuffled(self, seed: int) -> "Questions":
        """The same questions in another order, the same one for the same seed."""
        rows = list(zip(self.texts, self.labels, strict=True))
        random.Random(seed).shuffle(rows)
        return Questions(self.name, [text for text, _ in rows], [label for _, label in rows], self.skipped)


@dataclass(frozen=True)
class QuestionSet:
    """What one benchmark needs: questions to train on and files of questions to ask."""

    name: str  # of the folder
    train: Questions
    tests: list[Questions]


def read_set(folder: Path, train: str = "train") -> QuestionSet:
    """Read `train` (a file of the folder, with or without .csv) and every test*.csv. Raises QuestionsError."""
    training = read_questions(_find_training(folder, train))
    if len(set(training.labels)) < 2 or not training.labels_in_scope:
        raise QuestionsError(
            f"{folder / training.name}.csv has fewer than two labels. Training needs questions of at least two, "
            "and not all out of scope."
        )
    files = [file for file in _csv_files(folder) if file.name.lower().startswith("test")]
    if not files:
        raise QuestionsError(f"{folder} has no test file. Put the questions to ask in a file such as test.csv.")
    return QuestionSet(folder.resolve().name, training, [read_questions(file) for file in files])


def _find_training(folder: Path, name: str) -> Path:
    wanted = name.lower().removesuffix(".csv") + ".csv"
    files = _csv_files(folder)
    found = next((file for file in files if file.name.lower() == wanted), None)
    if found is None:
        there = ", ".join(file.name for file in files) or "none"
        raise QuestionsError(f"{folder} has no {wanted} to train on. Its CSV files: {there}. Choose one with --train.")
    return found


def _csv_files(folder: Path) -> list[Path]:
    return sorted(file for file in folder.iterdir() if file.is_file() and file.name.lower().endswith(".csv"))


def read_questions(file: Path) -> Questions:
    """Read one file. Rows that lack a text or a label are counted, not read. Raises QuestionsError."""
    texts, labels, skipped = [], [], 0
    for text, label in _rows(file):
        if text and label:
            texts.append(text)
            labels.append(OUT_OF_SCOPE if label.lower() == OOS else label)
        else:
            skipped += 1
    if not texts:
        raise QuestionsError(f"{file} holds no question with a label.")
    return Questions(file.name[: -len(".csv")], texts, labels, skipped)


def _rows(file: Path) -> Iterator[tuple[str, str]]:
    """Text and label of each row, without the white space around them; empty where the row has none."""
    try:
        # A file from Windows may start with a signature.
        with file.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.reader(chain(lines, [END]))
            text_column, label_column = _columns(file, next(reader))
            line = reader.line_num
            for row in reader:
                if row == [END]:
                    return
                line, first = reader.line_num, line + 1
                if len(row) > max(text_column, label_column):
                    yield row[text_column].strip(), row[label_column].strip()
                elif row:
                    yield "", ""
            raise QuestionsError(f"{file}, line {first}: a quotation mark opens there that is never closed.")
    except UnicodeDecodeError:
        raise QuestionsError(f"{file} is not text in UTF-8. Save it in UTF-8.") from None
    except csv.Error as error:
        raise QuestionsError(f"{file}, line {reader.line_num}: this is not CSV ({error}).") from None


def _columns(file: Path, header: list[str]) -> tuple[int, int]:
    names = [name.strip().lower() for name in header]
    missing = [name for name in (TEXT, LABEL) if name not in names]
    if missing:
        raise QuestionsError(
            f"{file}, line 1: the column {' and the column '.join(missing)} is missing. "
            f"The first line must name the columns: {TEXT},{LABEL}."
        )
    return names.index(TEXT), names.index(LABEL)
