"""A desk with a fake engine, on a database of its own with the real catalogue."""

from tests.support.desk_fixtures import cipher, database, desk, engine, loaded_file, settings

__all__ = ["cipher", "database", "desk", "engine", "loaded_file", "settings"]
