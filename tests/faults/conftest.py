"""A database of the test's own for a server that is killed."""

from tests.support.desk_fixtures import cipher, loaded_file, settings

__all__ = ["cipher", "loaded_file", "settings"]
