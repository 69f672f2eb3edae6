"""Messages in flight while the model is swapped, over HTTP: none lost, and what waiting it costs."""

import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import numpy as np
from sqlalchemy import select

from assistant.db.engine import Database
from assistant.enquiries.models import Enquiry
from assistant.registry.models import TrainedModel
from assistant.registry.promotions import find_live, promote, register
from assistant.registry.store import open_store
from assistant.settings import Settings
from assistant.staff.models import Staff
from assistant.staff.roles import Role
from benchmarks.nlu.results_file import circumstances, markdown_table

TITLE = "Swapping the model"
ROOT = Path(__file__).parent.parent
MESSAGES, SWAPS, CONVERSATIONS = 1000, 20, 8
EACH_SECONDS = 0.05  # a message begins that often, so that the load is the same with swaps and without
LOOK_SECONDS = 0.5  # whether the server has followed; asking that is work as well
PORT = 8721
TURNS = (("what is the LFHII?", ["lfhii"]), ("tell me more", ["lfhii"]), ("who do I contact about it?", ["lfhii"]))


@dataclass(frozen=True)
class Load:
    """What came of the messages of one round. `milliseconds` are those of each; `wrong` counts other answers."""

    milliseconds: list[float]
    wrong: int
    models: dict[str, int]
    unanswered: int

    @property
    def slow(self) -> float:
        """The 95th percentile, in milliseconds."""
        return float(np.percentile(self.milliseconds, 95))


def measure_swapping(advance: Callable[[], None]) -> str:
    """Train, serve, send messages without and with swaps, and return the section's body."""
    with tempfile.TemporaryDirectory() as folder, _served(Path(folder)) as settings:
        database = Database(settings.database_url)
        try:
            names = [_live_name(database), _copy_live(database, settings)]
            with httpx.Client(base_url=f"http://127.0.0.1:{PORT}", timeout=30) as client:
                _send_all(client, database, lambda: None, messages=100)  # the first answers of a process take longer
                quiet = _send_all(client, database, advance)
                over = threading.Event()
                swapper = threading.Thread(target=_swap, args=(client, database, names, over))
                swapper.start()
                busy = _send_all(client, database, advance, until=over)
                swapper.join()
        finally:
            database.close()
    return _section(quiet, busy)


def _section(quiet: Load, busy: Load) -> str:
    rows = [
        [
            what,
            str(len(load.milliseconds)),
            str(load.unanswered),
            str(load.wrong),
            " + ".join(map(str, load.models.values())),
            f"{np.median(load.milliseconds):.1f}",
            f"{load.slow:.1f}",
        ]
        for what, load in (("no swap", quiet), (f"{SWAPS} swaps", busy))
    ]
    head = (
        f"{circumstances()} One server over HTTP with SQLite, a message every {EACH_SECONDS * 1000:.0f} ms from "
        f"{CONVERSATIONS} conversations at once, until all swaps were done. At most twice the quiet 95th percentile is "
        f"wanted; it was {busy.slow / quiet.slow:.2f} times."
    )
    columns = ["", "messages:", "lost:", "wrong:", "by model:", "median, ms:", "95th percentile, ms:"]
    return f"{head}\n\n{markdown_table(columns, rows)}"


@contextmanager
def _served(folder: Path) -> Iterator[Settings]:
    """A server with a model of its own, ready."""
    ours = {
        "ASSISTANT_DATABASE_URL": f"sqlite:///{folder}/swapping.db",
        "ASSISTANT_MODELS_FOLDER": f"{folder}/models",
        "ASSISTANT_PORT": str(PORT),
        "ASSISTANT_MESSAGES_PER_MINUTE": "0",
        "ASSISTANT_MESSAGES_PER_MINUTE_PER_ADDRESS": "0",
    }
    environment = {**os.environ, **ours, "PYTHONWARNINGS": "ignore"}
    command = [sys.executable, "-m", "assistant.cli.main"]
    subprocess.run([*command, "train"], cwd=ROOT, env=environment, check=True, capture_output=True)
    server = subprocess.Popen([*command, "serve"], cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{PORT}", timeout=30) as client:
            while not _live_here(client):
                time.sleep(0.1)
        yield Settings(database_url=ours["ASSISTANT_DATABASE_URL"], models_folder=folder / "models")
    finally:
        server.terminate()
        server.wait()


def _live_here(client: httpx.Client) -> str | None:
    """The model that the server answers with, once it is ready."""
    try:
        answer = client.get("/readyz")
    except httpx.TransportError:
        return None
    return str(answer.json()["model"]) if answer.status_code == 200 else None


def _live_name(database: Database) -> str:
    with database.read() as session:
        live = find_live(session)
        assert live is not None
        return live.model.name


def _copy_live(database: Database, settings: Settings) -> str:
    """Register the same archive under another name, as a second model that must answer alike."""
    store, [manifest] = open_store(settings), open_store(settings).manifests()
    other = manifest.model_copy(update={"name": f"second-{manifest.name}"})
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder) / other.name
        shutil.copyfile(store.fetch(manifest.name, manifest.sha256), archive)
        store.put(archive, other)
    with database.write() as session:
        somebody = Staff(email="benchmark@example.org", name="Benchmark", role=Role.ADMIN.value)
        session.add(somebody)
        session.flush()
        # Once each was live, either may be gone back to without judging.
        first = session.scalars(select(TrainedModel)).one()
        promote(session, register(session, other), somebody.id, "To have two that were live.")
        promote(session, first, None)
    return other.name


def _swap(client: httpx.Client, database: Database, names: list[str], over: threading.Event) -> None:
    """Swap again as soon as the server has followed."""
    for number in range(SWAPS):
        wanted = names[(number + 1) % 2]
        with database.write() as session:
            promote(session, session.scalars(select(TrainedModel).where(TrainedModel.name == wanted)).one(), None)
        while _live_here(client) != wanted:
            time.sleep(LOOK_SECONDS)
    over.set()


def _send_all(
    client: httpx.Client,
    database: Database,
    advance: Callable[[], None],
    messages: int = MESSAGES,
    until: threading.Event | None = None,
) -> Load:
    """Send so many messages and more until the event, one begun every EACH_SECONDS, each conversation in its order."""
    sent: list[tuple[float, bool, str | None]] = []
    conversations = [_Conversation(client) for _ in range(CONVERSATIONS)]
    with ThreadPoolExecutor(CONVERSATIONS) as pool:
        turns, number, begun = [], 0, time.monotonic()
        while number < messages or (until is not None and not until.is_set()):
            turns.append(pool.submit(conversations[number % CONVERSATIONS].say_next))
            number += 1
            time.sleep(max(0.0, begun + number * EACH_SECONDS - time.monotonic()))
            advance()
        sent = [turn.result() for turn in turns]
    references = {reference for _, _, reference in sent if reference}
    with database.read() as session:
        found = dict(session.execute(select(Enquiry.reference, Enquiry.model)).tuples().all())
    return Load(
        milliseconds=[milliseconds for milliseconds, _, _ in sent],
        wrong=sum(not is_right for _, is_right, _ in sent),
        models=dict(sorted(Counter(str(found[each]) for each in references if each in found).items())),
        unanswered=len(sent) - sum(1 for each in references if found.get(each)),
    )


class _Conversation:
    """Asks the same three questions again and again: the second and third are answered from what went before."""

    def __init__(self, client: httpx.Client) -> None:
        self._client = client
        self._lock = threading.Lock()
        self._turns = 0
        opened = client.post("/api/conversations").json()
        self._url = f"/api/conversations/{opened['conversation']}/messages"
        self._headers = {"Authorization": f"Bearer {opened['token']}"}

    def say_next(self) -> tuple[float, bool, str | None]:
        """Milliseconds, whether the answer is right, and its reference."""
        with self._lock:
            text, offers = TURNS[self._turns % len(TURNS)]
            self._turns += 1
            started = time.monotonic()
            answer = self._client.post(self._url, headers=self._headers, json={"text": text})
            milliseconds = (time.monotonic() - started) * 1000
        if answer.status_code != 200:
            return milliseconds, False, None
        reply = answer.json()
        return milliseconds, [offer["slug"] for offer in reply["offers"]] == offers, reply["enquiry"]
