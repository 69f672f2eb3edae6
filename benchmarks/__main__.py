"""`make bench`: run every benchmark and write RESULTS.md."""

import os
import platform
import subprocess
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.core import measure

RESULTS = Path(__file__).parent / "RESULTS.md"


def main() -> None:
    """Measure, write, and print what was written."""
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True).stdout.strip()
    rows = "\n".join(f"| {name} | {figure} |" for name, figure in measure())
    RESULTS.write_text(
        "# Results\n\n"
        f"{datetime.now(UTC):%Y-%m-%d}, commit {commit or 'unknown'}, Python {platform.python_version()}, "
        f"{os.cpu_count()} cores, {platform.machine()}. Times on shared machines drift: compare within one run.\n\n"
        f"## The core\n\n| what | figure |\n|---|---|\n{rows}\n"
    )
    print(RESULTS.read_text())


if __name__ == "__main__":
    main()
