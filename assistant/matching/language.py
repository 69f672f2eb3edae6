"""Tell English from other languages, in doubt for English."""

from functools import lru_cache
from typing import Any

FEWEST_LETTERS = 12  # shorter texts are names and acronyms as often as language
SURE = 0.9


def is_english(text: str) -> bool:
    """False only for text that is surely in another language; mixed and short text counts as English."""
    if sum(character.isalpha() for character in text) < FEWEST_LETTERS:
        return True
    language, probability = _identifier().classify(text)
    return language == "en" or probability < SURE


@lru_cache(maxsize=1)
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # slow to import, and needed for few messages

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
