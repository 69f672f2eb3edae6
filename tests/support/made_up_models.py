"""Archives that hold no model: the registry and the store look at their bytes only."""

from datetime import UTC, datetime
from pathlib import Path

from assistant.db.engine import Database
from assistant.registry.archives import hash_file
from assistant.registry.models import TrainedModel
from assistant.registry.promotions import promote, register
from assistant.registry.store import Manifest, open_store
from assistant.settings import Settings


def make_manifest(archive: Path, fingerprint: str = "f" * 64) -> Manifest:
    """The manifest of a file as it is."""
    return Manifest(
        name=archive.name,
        sha256=hash_file(archive),
        size=archive.stat().st_size,
        fingerprint=fingerprint,
        parameters={"sentences": 3, "approved_examples": 0, "labels": 2},
        seconds=1.5,
        trained_at=datetime(2026, 11, 28, 9, tzinfo=UTC),
    )


def put_model(database: Database, settings: Settings, folder: Path, name: str) -> TrainedModel:
    """A registered model whose archive, in the store, holds its name only. `folder` is for the archive meanwhile."""
    archive = folder / name
    archive.write_text(name)
    manifest = make_manifest(archive)
    open_store(settings).put(archive, manifest)
    with database.write() as session:
        return register(session, manifest)


def put_live(database: Database, settings: Settings, folder: Path, name: str) -> TrainedModel:
    """The same, and live: there must have been none before."""
    model = put_model(database, settings, folder, name)
    with database.write() as session:
        promote(session, session.get_one(TrainedModel, model.id), None)
    return model
