import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.registry import s3_store
from assistant.registry.archives import COPIES, Copies
from assistant.registry.errors import DamagedModelError, StoreError
from assistant.registry.s3_store import S3Store
from assistant.registry.store import LONGEST_MANIFEST, FolderStore, Store, open_store
from assistant.settings import Settings
from tests.support.stores import BUCKET, NAME, Bucket, Folder, Place, make_manifest, put

CONTENT = bytes(range(256)) * 40
FORGED = ["../../etc/passwd", "/etc/passwd", "a/b.tar.gz", "../a.tar.gz", "..", "", ".a.tar.gz", "a.tar.gz\n", "a.tar"]
DAMAGED = {
    "truncated": CONTENT[:-1],
    "one byte turned": CONTENT[:99] + bytes([CONTENT[99] ^ 1]) + CONTENT[100:],
    "of another model": b"other" * 99,
    "empty": b"",
    "longer": CONTENT + b"\0",
}
NO_MANIFESTS: dict[str, bytes] = {
    "no JSON": b"{",
    "no text": b"\xff\xfe",
    "empty": b"",
    "a list": b"[]",
    "of another version": b'{"version": 2, "archive": "a.tar.gz"}',
    "huge": b" " * LONGEST_MANIFEST + make_manifest(CONTENT).model_dump_json().encode(),
    **{
        f"{field}: {str(value)[:20]}": json.dumps(
            {**make_manifest(CONTENT).model_dump(mode="json"), field: value}
        ).encode()
        for field, value in [
            ("name", "../../etc/passwd"),
            ("name", "x" * 100 + ".tar.gz"),
            ("sha256", 12),
            ("sha256", "a" * 65),
            ("sha256", "\0"),
            ("size", -1),
            ("size", 1 << 31),
            ("seconds", "long"),
            ("seconds", float("nan")),
            ("parameters", []),
            ("parameters", {"share": float("nan")}),
            ("trained_at", "2026-11-28T09:00:00"),
            ("trained_at", None),
        ]
    },
}


@pytest.fixture(params=["folder", "bucket"])
def place(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder | Bucket:
    """Where the store keeps things."""
    if request.param == "folder":
        return Folder(tmp_path / "models")
    client = request.getfixturevalue("s3_client")
    monkeypatch.setattr(s3_store, "open_client", lambda: client)
    return Bucket(client, uuid4().hex)


@pytest.fixture
def copies(tmp_path: Path) -> Path:
    return tmp_path / "copies"


@pytest.fixture
def store(place: Folder | Bucket, copies: Path) -> Store:
    return place.open(Copies(copies))


class TestKeeping:
    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
    @given(content=st.binary(max_size=5000))
    def test_what_is_fetched_is_what_was_put(self, store: Store, workshop: Path, content: bytes) -> None:
        name = f"{uuid4().hex}.tar.gz"  # of which there is no copy yet
        manifest = put(store, workshop, content, name)
        assert store.fetch(name, manifest.sha256).read_bytes() == content

    def test_it_keeps_the_manifest_as_it_was(self, store: Store, workshop: Path) -> None:
        assert store.manifests() == []
        manifest = put(store, workshop, CONTENT)
        assert store.manifests() == [manifest]

    def test_it_lists_the_newest_first(self, store: Store, workshop: Path) -> None:
        day = datetime(2026, 11, 28, tzinfo=UTC)
        for number in (2, 3, 1):
            put(store, workshop, CONTENT, f"{number}.tar.gz", trained_at=day + timedelta(days=number))
        assert [each.name for each in store.manifests()] == ["3.tar.gz", "2.tar.gz", "1.tar.gz"]

    def test_putting_the_same_again_changes_nothing(self, store: Store, place: Place, workshop: Path) -> None:
        put(store, workshop, CONTENT)
        put(store, workshop, CONTENT)
        assert place.names() == [NAME, f"{NAME}.json"]

    def test_it_takes_no_archive_that_is_not_the_manifests(self, store: Store, workshop: Path) -> None:
        (workshop / "made.tar.gz").write_bytes(b"other")
        with pytest.raises(DamagedModelError):
            store.put(workshop / "made.tar.gz", make_manifest(CONTENT))
        assert store.manifests() == []

    def test_it_says_that_there_is_no_archive_to_put(self, store: Store, workshop: Path) -> None:
        with pytest.raises(StoreError):
            store.put(workshop / "missing.tar.gz", make_manifest(CONTENT))
        assert store.manifests() == []


class TestDamage:
    @pytest.mark.parametrize("content", DAMAGED.values(), ids=DAMAGED)
    def test_it_refuses_another_archive_and_keeps_no_copy(
        self, store: Store, place: Place, workshop: Path, copies: Path, content: bytes
    ) -> None:
        manifest = put(store, workshop, CONTENT)
        place.write(NAME, content)
        with pytest.raises(DamagedModelError, match=NAME):
            store.fetch(NAME, manifest.sha256)
        assert list(copies.iterdir()) == []

    def test_it_says_what_is_missing(self, store: Store, place: Place, workshop: Path) -> None:
        manifest = put(store, workshop, CONTENT)
        [listed] = store.manifests()
        place.delete(NAME)
        with pytest.raises(DamagedModelError, match=f"{NAME} is missing"):
            store.fetch(listed.name, manifest.sha256)

    @pytest.mark.parametrize("name", FORGED)
    def test_it_looks_for_no_name_that_leads_elsewhere(self, store: Store, name: str) -> None:
        with pytest.raises(DamagedModelError, match="not the name"):
            store.fetch(name, "a" * 64)

    @pytest.mark.parametrize("name", FORGED)
    def test_no_manifest_has_a_name_that_leads_elsewhere(self, name: str) -> None:
        with pytest.raises(ValueError, match="name"):
            make_manifest(CONTENT, name)

    def test_it_leaves_out_what_is_no_manifest(self, store: Store, place: Place, workshop: Path) -> None:
        manifest = put(store, workshop, CONTENT)
        for number, content in enumerate(NO_MANIFESTS.values()):
            place.write(f"{number}.tar.gz.json", content)
        place.write("notes.json", make_manifest(CONTENT).model_dump_json().encode())
        assert store.manifests() == [manifest]


class TestCopies:
    def test_it_needs_the_store_once(self, store: Store, place: Place, workshop: Path) -> None:
        manifest = put(store, workshop, CONTENT)
        copy = store.fetch(NAME, manifest.sha256)
        place.delete(NAME)
        assert store.fetch(NAME, manifest.sha256) == copy and copy.read_bytes() == CONTENT

    def test_a_copy_stays_when_the_archive_changes(self, store: Store, place: Place, workshop: Path) -> None:
        copy = store.fetch(NAME, put(store, workshop, CONTENT).sha256)
        place.write(NAME, b"other")
        assert copy.read_bytes() == CONTENT

    def test_a_damaged_copy_is_made_anew(self, store: Store, workshop: Path) -> None:
        manifest = put(store, workshop, CONTENT)
        store.fetch(NAME, manifest.sha256).write_bytes(b"damaged")
        assert store.fetch(NAME, manifest.sha256).read_bytes() == CONTENT

    def test_a_damaged_copy_goes_even_if_there_is_no_other(self, store: Store, place: Place, workshop: Path) -> None:
        manifest = put(store, workshop, CONTENT)
        copy = store.fetch(NAME, manifest.sha256)
        copy.write_bytes(b"damaged")
        place.delete(NAME)
        with pytest.raises(DamagedModelError):
            store.fetch(NAME, manifest.sha256)
        assert not copy.exists()

    def test_those_last_used_stay(self, store: Store, workshop: Path, copies: Path) -> None:
        manifests = [put(store, workshop, CONTENT, f"{each}.tar.gz") for each in range(COPIES + 1)]
        for age, manifest in enumerate(manifests[:COPIES]):
            os.utime(store.fetch(manifest.name, manifest.sha256), (age, age))
        (copies / ".left.tar.gz.unfinished").touch()
        os.utime(copies / ".left.tar.gz.unfinished", (1, 1))
        (copies / ".under-way.tar.gz.unfinished").touch()
        store.fetch(manifests[0].name, manifests[0].sha256)
        store.fetch(manifests[-1].name, manifests[-1].sha256)
        left = {file.name for file in copies.iterdir()} - {".under-way.tar.gz.unfinished"}
        assert left == {each.name for each in manifests if each is not manifests[1]}

    def test_it_says_where_no_copy_can_be_made(self, place: Folder | Bucket, workshop: Path) -> None:
        (workshop / "file").touch()
        store = place.open(Copies(workshop / "file"))
        manifest = put(store, workshop, CONTENT)
        with pytest.raises(StoreError, match=r"workshop/file \(.*\). See to"):
            store.fetch(NAME, manifest.sha256)


class TestPages:
    def test_it_lists_more_than_one_page(
        self, s3_client: Any, monkeypatch: pytest.MonkeyPatch, copies: Path, workshop: Path
    ) -> None:
        place = Bucket(s3_client, uuid4().hex)
        monkeypatch.setattr(s3_store, "open_client", lambda: s3_client)
        monkeypatch.setattr(s3_store, "PAGE", 3)
        store = place.open(Copies(copies))
        for number in range(4):
            put(store, workshop, CONTENT, f"{number}.tar.gz")
        place.write("deeper/9.tar.gz.json", make_manifest(CONTENT, "9.tar.gz").model_dump_json().encode())
        assert {each.name for each in store.manifests()} == {f"{number}.tar.gz" for number in range(4)}


class TestOpening:
    def test_it_is_the_folder_where_nothing_is_said(self, tmp_path: Path) -> None:
        assert isinstance(open_store(Settings(models_folder=tmp_path, var_folder=tmp_path)), FolderStore)

    @pytest.mark.parametrize("prefix", ["", "/live", "/assistant/models", "/live/"])
    def test_it_is_the_bucket_of_the_setting(
        self, tmp_path: Path, workshop: Path, s3_client: Any, monkeypatch: pytest.MonkeyPatch, prefix: str
    ) -> None:
        monkeypatch.setattr(s3_store, "open_client", lambda: s3_client)
        store = open_store(Settings(models_url=f"s3://{BUCKET}{prefix}", var_folder=tmp_path))
        assert isinstance(store, S3Store)
        manifest = put(store, workshop, CONTENT)
        key = f"{prefix.strip('/')}/{NAME}".lstrip("/")
        assert s3_client.get_object(Bucket=BUCKET, Key=key)["Body"].read() == CONTENT
        assert store.fetch(NAME, manifest.sha256) == tmp_path / "models" / NAME
