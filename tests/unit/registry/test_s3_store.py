import socket
from pathlib import Path
from uuid import uuid4

import pytest

from assistant.registry import s3_store
from assistant.registry.archives import Copies
from assistant.registry.errors import StoreError
from assistant.registry.s3_store import S3Store
from tests.support.answering import answering
from tests.support.stores import HOST, NAME, make_manifest, put, set_aws

REFUSAL = "<Error><Code>{code}</Code><Message>the key hunter2 was refused</Message></Error>"


@pytest.fixture
def store(tmp_path: Path) -> S3Store:
    return S3Store(f"bucket-{uuid4().hex}", "live", Copies(tmp_path / "copies"))


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(s3_store, "ATTEMPTS", 1)


def refusals(store: S3Store, workshop: Path) -> list[str]:
    """What is said to whoever lists, fetches and puts."""
    said = []
    for act in (lambda: store.manifests(), lambda: store.fetch(NAME, "a" * 64), lambda: put(store, workshop, b"model")):
        with pytest.raises(StoreError) as refusal:
            act()
        assert "hunter2" not in str(refusal.value) and refusal.value.__cause__ is None
        assert refusal.value.__suppress_context__
        said.append(str(refusal.value))
    return said


class TestRefusing:
    def test_it_says_that_there_is_no_bucket(
        self, store: S3Store, workshop: Path, s3_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        set_aws(monkeypatch, s3_url, tmp_path)
        assert all(
            "There is no bucket" in each and "ASSISTANT_MODELS_URL" in each for each in refusals(store, workshop)
        )

    @pytest.mark.parametrize("code", ["AccessDenied", "InvalidAccessKeyId", "SignatureDoesNotMatch", "ExpiredToken"])
    def test_it_says_that_access_was_denied(
        self, store: S3Store, workshop: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str
    ) -> None:
        with answering(403, REFUSAL.format(code=code)) as service:
            set_aws(monkeypatch, service.url, tmp_path)
            said = refusals(store, workshop)
        assert all(f"refused ({code}). See to the credentials" in each for each in said)

    def test_it_repeats_no_code_that_is_none(
        self, store: S3Store, workshop: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with answering(500, REFUSAL.format(code="hunter2 and more")) as service:
            set_aws(monkeypatch, service.url, tmp_path)
            assert all("refused (unknown)" in each for each in refusals(store, workshop))

    def test_it_says_that_there_are_no_credentials(
        self, store: S3Store, workshop: Path, s3_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        set_aws(monkeypatch, s3_url, tmp_path)
        monkeypatch.delenv("AWS_ACCESS_KEY_ID")
        monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
        assert all("NoCredentialsError" in each and "AWS_ACCESS_KEY_ID" in each for each in refusals(store, workshop))

    def test_it_says_that_nobody_answers(
        self, store: S3Store, workshop: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with socket.socket() as unused:  # bound, so that nobody else takes the port, and not listening
            unused.bind((HOST, 0))
            set_aws(monkeypatch, f"http://user:hunter2@{HOST}:{unused.getsockname()[1]}", tmp_path)
            assert all("AWS_ENDPOINT_URL_S3" in each for each in refusals(store, workshop))

    def test_it_says_that_the_endpoint_is_none(
        self, store: S3Store, workshop: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        set_aws(monkeypatch, "hunter2", tmp_path)
        assert all("AWS_ENDPOINT_URL_S3" in each for each in refusals(store, workshop))


class TestTransferring:
    def test_an_upload_is_signed_with_its_hash_and_sends_no_newer_checksum(
        self, store: S3Store, workshop: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with answering(200, "") as service:
            set_aws(monkeypatch, service.url, tmp_path)
            put(store, workshop, b"model")
        archive, manifest = service.requests
        assert archive.path.endswith(f"/live/{NAME}") and manifest.path.endswith(f"/live/{NAME}.json")
        assert archive.body == b"model"
        headers = {name.lower(): value for name, value in archive.headers.items()}
        assert headers["x-amz-content-sha256"] == make_manifest(b"model").sha256
        assert not [name for name in headers if "checksum" in name or name == "x-amz-trailer"]

    def test_no_manifest_is_put_without_its_archive(
        self, store: S3Store, workshop: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with answering(503, REFUSAL.format(code="SlowDown")) as service:
            set_aws(monkeypatch, service.url, tmp_path)
            with pytest.raises(StoreError, match="SlowDown"):
                put(store, workshop, b"model")
        assert [each.path.endswith(NAME) for each in service.requests] == [True]

    def test_a_download_that_breaks_off_leaves_nothing(
        self, store: S3Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with answering(200, "half a model", length=1000) as service:
            set_aws(monkeypatch, service.url, tmp_path)
            with pytest.raises(StoreError, match="cannot be used"):
                store.fetch(NAME, make_manifest(b"half a model").sha256)
        assert list((tmp_path / "copies").iterdir()) == []
