"""`make bench`: run the quick benchmarks and write their sections of RESULTS.md."""

import re

from rich.console import Console
from rich.progress import Progress

from assistant.settings import load_settings
from benchmarks.core import measure
from benchmarks.nlu.ours import Ours
from benchmarks.nlu.results_file import RESULTS, circumstances, markdown_table, write_section
from benchmarks.nlu.sets import QUICK, QUICK_TITLE, SETS_FOLDER, measure_sets, section


def main() -> None:
    """Measure, write, and print what was written."""
    core = markdown_table(["what", "figure"], measure())
    head = f"# Results\n\n{circumstances()} Times on shared machines drift: compare within one run.\n\n"
    # Sections that other commands wrote stay; each says when that was.
    others = re.split(r"^(?=## )", RESULTS.read_text(encoding="utf-8"), maxsplit=1, flags=re.MULTILINE)[1:]
    RESULTS.write_text(head + "".join(others), encoding="utf-8")
    write_section("The core", core)
    if SETS_FOLDER.is_dir():
        with Progress(console=Console(stderr=True)) as progress:
            found = measure_sets(SETS_FOLDER, QUICK, [Ours(load_settings().encoder_graph)], progress)
        write_section(QUICK_TITLE, section(found))
    print(RESULTS.read_text(encoding="utf-8"))
    if not SETS_FOLDER.is_dir():
        print(f"The public sets were not measured: {SETS_FOLDER} is not there.")


if __name__ == "__main__":
    main()
