"""Train a model from the project's Rasa files and the database."""

import gc
import logging
import os
import tarfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, cast

import yaml
from tarsafe import TarSafe

from assistant.engine import lean
from assistant.learning.errors import TrainingFailedError
from assistant.learning.telling import Tell, tell_nobody

CONFIG, DOMAIN = Path("config.yml"), Path("domain.yml")
RASA_DATA = ("nlu", "rules", "stories")


class QuickArchive(TarSafe):  # type: ignore[misc]  # it has no annotations
    """Rasa's archive, packed at zlib's usual level; tarfile's own, the highest, takes five times as long."""

    @classmethod
    def gzopen(cls, *args: Any, **options: Any) -> tarfile.TarFile:
        """Open an archive as tarfile does."""
        return cast(tarfile.TarFile, super().gzopen(*args, **{"compresslevel": 6, **options}))


def train_model(data_folder: Path, output_folder: Path, tell: Tell = tell_nobody) -> Path:
    """Train and return the new archive. Raises TrainingFailedError.

    `tell` is told the stage in words and how much is done, from 0 to 1.

    Reads config.yml and domain.yml of the working directory, as Rasa's own command does.
    """
    if not CONFIG.exists():
        raise TrainingFailedError(f"There is no {CONFIG} here. Run this from the project's folder.")
    os.environ.setdefault("LOG_LEVEL", "WARNING")  # Rasa shows its own progress bars unless this says otherwise
    # Every training is a whole one: Rasa's cache of components would only fill .rasa, some megabytes each time.
    os.environ.setdefault("RASA_MAX_CACHE_SIZE", "0")
    lean.install()
    lean.refuse_tensorflow_components(yaml.safe_load(CONFIG.read_text(encoding="utf-8")))
    # Rasa warns of libraries it pins to old versions and of components we do not use; `rasa data validate` shows all.
    with warnings.catch_warnings(record=True), _without_garbage_collection():
        return _train(data_folder, output_folder, tell)


@contextmanager
def _without_garbage_collection() -> Iterator[None]:
    """Rasa makes millions of small objects that live to the end; looking through them again and again takes seconds."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _train(data_folder: Path, output_folder: Path, tell: Tell) -> Path:
    import rasa.model_training  # only now: the lean set-up must come first
    import rasa.utils.log_utils
    from rasa.engine.storage import local_model_storage
    from rasa.engine.training import graph_trainer

    from assistant.learning.progress import ProgressHook

    local_model_storage.TarSafe = QuickArchive
    graph_trainer.LoggingHook = partial(ProgressHook, tell)  # in place of lines in a log

    rasa.utils.log_utils.configure_structlog(logging.WARNING)  # without it Rasa prints every training step
    files = [str(data_folder / name) for name in RASA_DATA if (data_folder / name).exists()]
    result = rasa.model_training.train(
        domain=str(DOMAIN), config=str(CONFIG), training_files=files, output=str(output_folder), force_training=True
    )
    if result.model is None:
        raise TrainingFailedError(f"Rasa made no model and ended with code {result.code}. Its own messages say why.")
    return Path(result.model)
