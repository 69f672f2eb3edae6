"""The console's section of RESULTS.md."""

import os
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from rich.progress import Progress

from assistant.catalogue.loader import load_catalogue
from assistant.db.engine import Database
from assistant.db.migrate import upgrade
from assistant.settings import load_settings
from benchmarks.console.filling import TABLES, Filling, fill
from benchmarks.console.measuring import Timing, measure, pages_to_measure
from benchmarks.console.shape import make_shape
from benchmarks.nlu.results_file import circumstances, markdown_table

TITLE = "The staff console"
ENQUIRIES, REQUESTS = 1_000_000, 200
SEED = 1
# As a small machine of an operator's would be set up. What is written is safe on the disk before it counts.
OPTIONS = (
    "-c listen_addresses='' -c shared_buffers=1GB -c effective_cache_size=3GB -c maintenance_work_mem=256MB "
    "-c max_wal_size=4GB -c random_page_cost=1.1"
)


def measure_console(enquiries: int, requests: int, progress: Progress) -> str:
    """Fill a PostgreSQL of its own, which is thrown away, and return the section's body."""
    from tests.support.postgres import running_server  # how the tests start one

    shape = make_shape(np.random.default_rng(SEED), enquiries, datetime.now(UTC))
    filling = Filling(shape, np.random.default_rng(SEED))
    with running_server(OPTIONS) as server, tempfile.TemporaryDirectory() as folder:
        database = Database(server.url("postgres"))
        try:
            upgrade(database.engine)
            with database.write() as session:
                load_catalogue(session, load_settings().data_folder / "catalogue")
            version = _version(database)
            filling_up = progress.add_task("filling", total=sum(map(filling.count, TABLES)))
            fill(server.url("postgres"), filling, lambda rows: progress.advance(filling_up, rows))
            measuring = progress.add_task("measuring", total=len(pages_to_measure(filling, requests)) + 2)
            timings = measure(database, filling, requests, Path(folder), lambda: progress.advance(measuring))
        finally:
            database.close()
    return section(timings, enquiries, len(shape.queued), shape.groups, requests, version)


def section(timings: Sequence[Timing], enquiries: int, queued: int, groups: int, requests: int, version: str) -> str:
    """The section: circumstances, then a row for each thing measured."""
    head = (
        f"{circumstances()} PostgreSQL {version} on the same machine, {_memory()} GB of memory: {enquiries:,} "
        f"enquiries of a year, {queued:,} of them in the queue in {groups:,} groups. Pages as a reviewer gets them, "
        f"through ASGI, one after another; each line but those done once is of {requests} times. Words are made up, "
        "each as often as Zipf's law has it, sentence vectors are random."
    )
    rows = [[each.what, f"{each.median:.1f}", f"{each.slow:.1f}", _limit(each)] for each in timings]
    return f"{head}\n\n{markdown_table(['what', 'median, ms:', '95th percentile, ms:', 'at most, ms:'], rows)}"


def _limit(timing: Timing) -> str:
    if timing.limit is None:
        return "–"
    return f"{timing.limit:.0f}" if timing.slow <= timing.limit else f"{timing.limit:.0f}, **missed**"


def _version(database: Database) -> str:
    with database.engine.connect() as connection:
        return ".".join(map(str, connection.dialect.server_version_info or ()))


def _memory() -> int:
    return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30)
