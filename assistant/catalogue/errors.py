"""What can be wrong with the catalogue or with a question to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.errors import AssistantError


@dataclass(frozen=True)
class Problem:
    """One thing wrong with a file: where it stands, what it is and what to do about it."""

    file: str
    advice: str
    entry: str | None = None
    field: str | None = None

    def __str__(self) -> str:
        """One line: file, entry, field, advice."""
        places = [self.file]
        if self.entry is not None:
            places.append(f"entry {self.entry}")
        if self.field is not None:
            places.append(f"field {self.field}")
        return f"{', '.join(places)}: {self.advice}"


class CatalogueFileError(AssistantError):
    """The catalogue's files cannot be loaded. `problems` holds everything found; the database is as it was."""

    heading = "The catalogue was not loaded and nothing was changed."

    def __init__(self, problems: Sequence[Problem]) -> None:
        """Say every problem on a line of its own, so that one reading is enough to correct them all."""
        self.problems = tuple(problems)
        super().__init__("\n".join([self.heading, *map(str, problems)]))


class SignpostFileError(CatalogueFileError):
    """The signposts cannot be used. Nothing is answered without them."""

    heading = "The signposts cannot be used."


# A slug can come from a path that somebody typed, so these messages do not repeat it.
class OfferNotFoundError(AssistantError):
    """No active offer has this slug."""

    def __init__(self) -> None:
        """Say where the right slug can be found."""
        super().__init__("There is no active offer with this slug. Take a slug from the list of offers.")


class TopicNotFoundError(AssistantError):
    """No topic has this slug."""

    def __init__(self) -> None:
        """Say where the right slug can be found."""
        super().__init__("There is no topic with this slug. Take a slug from data/catalogue/topics.yml.")


class EntryNotFoundError(AssistantError):
    """There is no such entry, draft or revision to edit."""

    def __init__(self) -> None:
        """Say where to look."""
        super().__init__("There is no such entry or version in the catalogue. Look for it in the list.")


class EntryRefusedError(AssistantError):
    """What was typed cannot be taken. `problems` says by field what is wrong; nothing was changed."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        """Keep what is wrong; it does not repeat what was typed."""
        self.problems = dict(problems)
        super().__init__("Some of what you typed has to be put right first.")


class OwnerMissingError(AssistantError):
    """Nobody is named who could confirm a signpost."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__("Nobody is named who confirms this signpost. Edit it and name its owner first.")


class EditedMeanwhileError(AssistantError):
    """Somebody else changed the entry after this edit began; nothing was changed."""

    def __init__(self) -> None:
        """Say what to do with what was typed."""
        super().__init__(
            "Somebody else changed this entry after you opened it, so nothing was saved. Open the entry again to see "
            "what it says now."
        )


class ExportRefusedError(AssistantError):
    """What the console holds cannot be written to the files as it is."""

    def __init__(self, reason: str) -> None:
        """Say why, and that the files are as they were."""
        super().__init__(f"Nothing was exported. {reason}")
