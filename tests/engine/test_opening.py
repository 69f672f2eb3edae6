"""What is no model of ours is refused by one error, whatever Rasa and its libraries raise."""

import io
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.engine.opening import open_engine
from assistant.errors import AssistantError
from assistant.nlu.errors import OutdatedModelError
from assistant.registry.errors import DamagedModelError
from assistant.settings import Settings
from tests.conftest import Trained

NAME = "20261128-090000-foreign.tar.gz"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(database_url=f"sqlite:///{tmp_path / 'states.db'}", var_folder=tmp_path / "var")


def refuse(settings: Settings, archive: Path) -> DamagedModelError:
    """The error, which names the archive and the cause."""
    with pytest.raises(DamagedModelError, match=archive.name) as caught:
        open_engine(settings, archive)
    assert caught.value.__cause__ is not None
    return caught.value


def pack(archive: Path, **files: bytes) -> Path:
    """A whole archive of something."""
    with tarfile.open(archive, "w:gz") as tar:
        for name, content in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            tar.addfile(entry, io.BytesIO(content))
    return archive


@pytest.mark.parametrize("content", [b"", b"not an archive", b"\x1f\x8b\x08\x00" + b"\x00" * 40])
def test_what_is_no_archive_is_refused(settings: Settings, tmp_path: Path, content: bytes) -> None:
    (tmp_path / NAME).write_bytes(content)
    refuse(settings, tmp_path / NAME)


def test_one_that_is_missing_is_refused(settings: Settings, tmp_path: Path) -> None:
    refuse(settings, tmp_path / NAME)


def test_an_archive_of_something_else_is_refused(settings: Settings, tmp_path: Path) -> None:
    refuse(settings, pack(tmp_path / NAME, **{"photo.jpg": b"sea", "metadata.json": b"{}"}))
    refuse(settings, pack(tmp_path / NAME))


def test_one_that_leaves_its_folder_is_refused_and_writes_nothing(settings: Settings, tmp_path: Path) -> None:
    outside = tmp_path / "outside.txt"
    for name in (str(outside), f"{'../' * 12}{outside}", "components/../../outside.txt"):
        refuse(settings, pack(tmp_path / NAME, **{name: b"written"}))
        assert not outside.exists()


@pytest.mark.parametrize("share", [0.01, 0.5, 0.999])
def test_a_part_of_a_real_one_is_refused(settings: Settings, tmp_path: Path, trained: Trained, share: float) -> None:
    whole = trained.archive.read_bytes()
    (tmp_path / NAME).write_bytes(whole[: int(len(whole) * share)])
    refuse(settings, tmp_path / NAME)


@pytest.mark.parametrize(
    "fault", [SystemExit(1), RecursionError(), OSError("disk")], ids=lambda each: type(each).__name__
)
def test_whatever_loading_raises_is_the_cause(
    settings: Settings, tmp_path: Path, loading: Callable[[BaseException], None], fault: BaseException
) -> None:
    loading(fault)
    assert refuse(settings, tmp_path / NAME).__cause__ is fault


def test_errors_of_ours_say_what_they_said(
    settings: Settings, tmp_path: Path, loading: Callable[[BaseException], None]
) -> None:
    for fault in (OutdatedModelError(), AssistantError("The encoder is missing.")):
        loading(fault)
        with pytest.raises(type(fault)) as caught:
            open_engine(settings, tmp_path / NAME)
        assert caught.value is fault


@pytest.fixture
def loading(monkeypatch: pytest.MonkeyPatch) -> Callable[[BaseException], None]:
    """Make loading raise this."""

    def fail(fault: BaseException) -> None:
        def load(*_: object) -> None:
            raise fault

        monkeypatch.setattr("assistant.engine.rasa_engine.RasaEngine", load)

    return fail
