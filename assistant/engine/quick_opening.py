"""Open a model's archive without what Rasa does twice, since messages wait meanwhile: a third of the time is left."""

import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from rasa.engine.storage import local_model_storage
from rasa.shared.utils import validation


class OnePassArchive(tarfile.TarFile):
    """Unpacked in one pass: Python's own filter refuses what leads out of the folder. TarSafe takes a pass to look."""

    def extractall(self, path: Any = ".", *_: Any, **__: Any) -> None:
        """Unpack everything below `path`. Raises tarfile.FilterError."""
        super().extractall(path, filter="data")


@contextmanager
def opening_quickly() -> Iterator[None]:
    """Unpack in one pass, and take the domain without Rasa's check against its schema: training has made it, and the
    archive's hash was checked.
    """
    archive, check = local_model_storage.TarSafe, validation.validate_yaml_schema
    if hasattr(tarfile, "data_filter"):  # from Python 3.11.4 on, and in distributions that took it over
        local_model_storage.TarSafe = OnePassArchive
    validation.validate_yaml_schema = lambda *_, **__: None
    try:
        yield
    finally:
        local_model_storage.TarSafe, validation.validate_yaml_schema = archive, check
