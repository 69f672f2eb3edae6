"""Training data of a few sentences on few subjects, beside the real catalogue: a real training of seconds."""

from pathlib import Path

import yaml

ROOT = Path(__file__).parents[2]
VAR = ROOT / "var" / "tests"  # where the encoder is written already
SUBJECTS = {"greet": "hello", "offer/lfhii": "leadership framework", "out_of_scope": "weather"}
ENDINGS = ("please", "now", "help", "for us", "today", "info", "again")


def write_small_data(folder: Path) -> Path:
    """Write them below `folder`, which is returned."""
    (folder / "nlu").mkdir(parents=True)
    (folder / "catalogue").symlink_to(ROOT / "data" / "catalogue")
    for number, (label, words) in enumerate(SUBJECTS.items()):
        lines = "".join(f"    - {words} {ending}\n" for ending in ENDINGS)
        text = f'version: "3.1"\nnlu:\n- intent: {label}\n  examples: |\n{lines}'
        (folder / "nlu" / f"{number}.yml").write_text(text, encoding="utf-8")
    return folder


def write_capped_data(folder: Path, most: int) -> Path:
    """The project's own data with the first `most` sentences of each label in each file, below `folder`."""
    folder.mkdir(parents=True)
    for entry in (ROOT / "data").iterdir():
        if entry.name != "nlu":
            (folder / entry.name).symlink_to(entry)
    for file in (ROOT / "data" / "nlu").rglob("*.yml"):
        content = yaml.safe_load(file.read_text(encoding="utf-8"))
        for entry in content["nlu"]:
            entry["examples"] = "\n".join(str(entry["examples"]).splitlines()[:most]) + "\n"
        target = folder / "nlu" / file.relative_to(ROOT / "data" / "nlu")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    return folder
