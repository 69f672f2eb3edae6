import os
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from assistant.registry.archives import Copies
from assistant.registry.errors import DamagedModelError, StoreError
from assistant.registry.store import FolderStore
from tests.support.stores import NAME, make_manifest, put

CONTENT = b"model" * 1000


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "models"


@pytest.fixture
def store(folder: Path, tmp_path: Path) -> FolderStore:
    return FolderStore(folder, Copies(tmp_path / "copies"))


@contextmanager
def little_space(size: int) -> Iterator[None]:
    """No file may grow beyond so many bytes, as on a disk that is full."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


class TestFullDisk:
    def test_nothing_is_half_put(self, store: FolderStore, folder: Path, workshop: Path) -> None:
        (workshop / NAME).write_bytes(CONTENT)
        with pytest.raises(StoreError, match="See to its rights and space"), little_space(100):
            store.put(workshop / NAME, make_manifest(CONTENT))
        assert list(folder.iterdir()) == []

    def test_nothing_is_half_copied(self, store: FolderStore, workshop: Path, tmp_path: Path) -> None:
        manifest = put(store, workshop, CONTENT)
        with pytest.raises(StoreError, match="cannot be copied"), little_space(100):
            store.fetch(NAME, manifest.sha256)
        assert list((tmp_path / "copies").iterdir()) == []


class TestWhatIsNoFile:
    def test_a_folder_in_the_place_of_an_archive_is_as_if_nothing_were_there(
        self, store: FolderStore, folder: Path
    ) -> None:
        (folder / NAME).mkdir(parents=True)
        (folder / f"{NAME}.json").mkdir()
        with pytest.raises(DamagedModelError, match="missing"):
            store.fetch(NAME, "a" * 64)
        assert store.manifests() == []

    def test_a_pipe_does_not_hold_it_up(self, store: FolderStore, folder: Path) -> None:
        folder.mkdir()
        os.mkfifo(folder / NAME)
        os.mkfifo(folder / f"{NAME}.json")
        with pytest.raises(DamagedModelError, match="missing"):
            store.fetch(NAME, "a" * 64)
        assert store.manifests() == []

    def test_a_link_is_followed_and_the_hash_decides(self, store: FolderStore, folder: Path, workshop: Path) -> None:
        folder.mkdir()
        (workshop / "elsewhere").write_bytes(CONTENT)
        (folder / NAME).symlink_to(workshop / "elsewhere")
        assert store.fetch(NAME, make_manifest(CONTENT).sha256).read_bytes() == CONTENT
        with pytest.raises(DamagedModelError, match="not the archive"):
            store.fetch(NAME, make_manifest(b"other").sha256)


class TestUnreadable:
    def test_it_says_which_file_of_the_folder(self, store: FolderStore, folder: Path) -> None:
        folder.mkdir()
        (folder / NAME).symlink_to(NAME)  # leads to itself, which not even root can read
        with pytest.raises(StoreError, match="cannot be read .*See to its rights"):
            store.fetch(NAME, "a" * 64)

    def test_it_says_that_the_folder_is_none(self, store: FolderStore, folder: Path, workshop: Path) -> None:
        folder.touch()
        for act in (lambda: store.manifests(), lambda: store.fetch(NAME, "a" * 64), lambda: put(store, workshop, b"")):
            with pytest.raises(StoreError, match="The folder of models, .*See to its rights"):
                act()
