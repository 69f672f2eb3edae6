"""Our own texts speak of racialised communities in the words that the strategy explains, and in no others."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
CATALOGUE = sorted((ROOT / "data" / "catalogue").glob("*.yml"))
# Where else something is written that members read: replies, pages, letters.
WRITTEN_IN_CODE = [
    file
    for folder in ("actions", "assistant/enquiries", "assistant/mail", "assistant/web")
    for file in sorted((ROOT / folder).rglob("*"))
    if file.suffix in (".py", ".html", ".js", ".txt", ".yml")
]
# Names of programmes and phrases as the strategy prints them.
PRINTED = (
    "BME Leadership Network",
    "BME network consulting for WRES outcomes",
    "local BME/BAME networks",
    "black, Asian and minority ethnic",
    "black and minority ethnic",
    "racialised communities",
)
AVOIDED = (
    "BME",
    "BAME",
    "B.A.M.E.",
    "minority ethnic",
    "ethnic minority",
    "minorities",
    "visible minority",
    "minoritised",
    "global majority",
    "of colour",
    "coloured",
    "non-white",
    "POC",
    "Black and brown",
    "black and Asian",
    "diverse ethnic",
    "ethnically diverse",
    "racialised",
    "racialized",
)
NEVER_SHOWN = {"slug", "aliases", "related", "contact", "offers", "people"}
TERMINOLOGY = "terminology"


@pytest.mark.parametrize("file", CATALOGUE, ids=lambda file: file.stem)
def test_the_catalogue_uses_the_terms_of_the_strategy(file: Path) -> None:
    texts = shown(yaml.safe_load(file.read_text(encoding="utf-8")), is_list_of_entries=True)
    assert [(term, text) for text in texts for term in avoided(text)] == []


def test_every_response_uses_the_terms_of_the_strategy() -> None:
    responses = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))["responses"]
    assert [(term, text) for text in shown(responses) for term in avoided(text)] == []


@pytest.mark.parametrize("file", WRITTEN_IN_CODE, ids=lambda file: file.relative_to(ROOT).as_posix())
def test_what_is_written_in_code_uses_the_terms_of_the_strategy(file: Path) -> None:
    assert avoided(file.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("term", AVOIDED)
def test_each_avoided_term_is_found(term: str) -> None:
    assert term in avoided(f"The BME Leadership Network supports {term} leaders.")


def test_a_printed_name_is_not_avoided() -> None:
    assert avoided("; ".join(PRINTED)) == []


def shown(value: Any, is_list_of_entries: bool = False) -> Iterator[str]:
    """Every text in YAML that members may read, the answer on terminology left out."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for each in value:
            yield from shown(each)
    elif isinstance(value, dict) and value.get("slug") != TERMINOLOGY:
        for key, each in value.items():
            if is_list_of_entries or key not in NEVER_SHOWN:
                yield from shown(each)


def avoided(text: str) -> list[str]:
    """The avoided terms that stand in a text outside of what the strategy prints."""
    for name in PRINTED:
        text = re.sub(re.escape(name), "", text, flags=re.IGNORECASE)
    return [term for term in AVOIDED if re.search(rf"(?<!\w){re.escape(term)}(?!\w)", text, re.IGNORECASE)]
