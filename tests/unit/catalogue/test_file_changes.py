"""Several files are written together, or none is."""

from pathlib import Path

import pytest

from assistant.catalogue.errors import ExportRefusedError
from assistant.catalogue.file_changes import FileChange, read_exactly, write_changes


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """With one file."""
    (tmp_path / "old.yml").write_text("old\n", encoding="utf-8")
    return tmp_path


def files(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): path.read_text(encoding="utf-8") for path in folder.rglob("*") if path.is_file()
    }


class TestWriteChanges:
    def test_it_writes_all_files_as_they_are_given(self, folder: Path) -> None:
        write_changes([FileChange(folder / "old.yml", "a\r\nü", ""), FileChange(folder / "made" / "new.yml", "b", "")])
        assert (folder / "old.yml").read_bytes() == "a\r\nü".encode()
        assert set(files(folder)) == {"old.yml", "made/new.yml"}

    def test_it_keeps_who_may_read_a_file(self, folder: Path) -> None:
        (folder / "old.yml").chmod(0o640)
        write_changes([FileChange(folder / "old.yml", "new", "")])
        assert (folder / "old.yml").stat().st_mode & 0o777 == 0o640

    def test_it_writes_to_the_file_that_a_link_points_to(self, folder: Path) -> None:
        (folder / "link.yml").symlink_to(folder / "old.yml")
        write_changes([FileChange(folder / "link.yml", "new", "")])
        assert (folder / "link.yml").is_symlink() and files(folder)["old.yml"] == "new"

    def test_it_writes_none_when_one_has_no_place(self, folder: Path) -> None:
        changes = [FileChange(folder / "old.yml", "new", ""), FileChange(folder / "no" / "such" / "new.yml", "new", "")]
        with pytest.raises(ExportRefusedError, match="Nothing was exported.*cannot be written"):
            write_changes(changes)
        assert files(folder) == {"old.yml": "old\n"}

    def test_it_takes_back_what_it_wrote_when_another_cannot_be_replaced(self, folder: Path) -> None:
        (folder / "taken.yml").mkdir()
        changes = [FileChange(folder / name, "new", "") for name in ("old.yml", "added.yml", "taken.yml")]
        with pytest.raises(ExportRefusedError, match=r"taken\.yml"):
            write_changes(changes)
        assert files(folder) == {"old.yml": "old\n"}


class TestReadExactly:
    def test_it_keeps_line_ends(self, folder: Path) -> None:
        (folder / "old.yml").write_bytes(b"a\r\nb\n")
        assert read_exactly(folder / "old.yml") == "a\r\nb\n"

    def test_it_names_a_file_that_is_not_text(self, folder: Path) -> None:
        (folder / "old.yml").write_bytes(b"\xff")
        with pytest.raises(ExportRefusedError, match=r"old\.yml is not UTF-8"):
            read_exactly(folder / "old.yml")
