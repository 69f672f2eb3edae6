"""The folder of trained models."""

from pathlib import Path

from assistant.errors import AssistantError


class NoModelError(AssistantError):
    """There is no trained model."""


def find_newest_model(folder: Path) -> Path | None:
    """The model trained last, or None when there is none yet."""
    return max(folder.glob("*.tar.gz"), key=lambda model: model.stat().st_mtime, default=None)


def get_newest_model(folder: Path) -> Path:
    """The model trained last. Raises NoModelError when there is none."""
    model = find_newest_model(folder)
    if model is None:
        raise NoModelError(f"There is no trained model in {folder}. Run 'assistant train'.")
    return model
