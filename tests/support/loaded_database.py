"""A database with every table, by the migrations, and the real catalogue."""

from pathlib import Path

from assistant.catalogue.loader import load_catalogue
from assistant.db.engine import Database
from assistant.db.migrate import upgrade

ROOT = Path(__file__).parents[2]


def write_loaded_database(file: Path) -> Path:
    """Make the database file; takes a third of a second, so tests copy one that was made for the run."""
    database = Database(f"sqlite:///{file}")
    upgrade(database.engine)
    with database.write() as session:
        load_catalogue(session, ROOT / "data" / "catalogue")
    database.close()
    return file


def read_raw_bytes(folder: Path) -> bytes:
    """Everything the database has on disk, its write-ahead log included."""
    files = sorted(folder.glob("*.db*"))
    assert files, "There is no database file here."
    return b"".join(file.read_bytes() for file in files)
