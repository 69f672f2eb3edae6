"""Training data of a few sentences on few subjects, beside the real catalogue: a real training of seconds."""

from pathlib import Path

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
