"""Messages in flight while the model is swapped, over HTTP: none lost, and what waiting it costs."""

import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
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
# How messages come: the seconds between them, 0 where each conversation asks again as soon as it is answered.
LOADS = {"eight in flight all the time": 0.0, "one every 50 ms": 0.05}
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
                # The first answers of a process take longer, and so does the first copy of an archive.
                _send_while_swapping(client, database, names, lambda: None, 0.0, swaps=2)
                rounds = [
                    (
                        how,
                        _send_all(client, database, advance, each_seconds),
                        _send_while_swapping(client, database, names, advance, each_seconds),
                    )
                    for how, each_seconds in LOADS.items()
                ]
        finally:
            database.close()
    return _section(rounds)


def _send_while_swapping(
    client: httpx.Client,
    database: Database,
    names: list[str],
    advance: Callable[[], None],
    each_seconds: float,
    swaps: int = SWAPS,
) -> Load:
    over = threading.Event()
    swapper = threading.Thread(target=_swap, args=(client, database, names, swaps, over))
    swapper.start()
    load = _send_all(client, database, advance, each_seconds, messages=0 if swaps < SWAPS else MESSAGES, until=over)
    swapper.join()
    return load


def _section(rounds: Sequence[tuple[str, Load, Load]]) -> str:
    rows = [
        [
            f"{how}, {what}",
            str(len(load.milliseconds)),
            str(load.unanswered),
            str(load.wrong),
            " + ".join(map(str, load.models.values())),
            f"{np.median(load.milliseconds):.1f}",
            f"{load.slow:.1f}",
        ]
        for how, quiet, busy in rounds
        for what, load in (("no swap", quiet), (f"{SWAPS} swaps", busy))
    ]
    found = "; ".join(f"{how}: {busy.slow / quiet.slow:.2f} times" for how, quiet, busy in rounds)
    head = (
        f"{circumstances()} One server over HTTP with SQLite, {CONVERSATIONS} conversations, messages until all swaps "
        f"were done. At most twice the quiet 95th percentile is wanted. It was, {found}."
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


def _swap(client: httpx.Client, database: Database, names: list[str], swaps: int, over: threading.Event) -> None:
    """Swap again as soon as the server has followed."""
    for _ in range(swaps):
        wanted = next(name for name in names if name != _live_name(database))
        with database.write() as session:
            promote(session, session.scalars(select(TrainedModel).where(TrainedModel.name == wanted)).one(), None)
        while _live_here(client) != wanted:
            time.sleep(LOOK_SECONDS)
    over.set()


def _send_all(
    client: httpx.Client,
    database: Database,
    advance: Callable[[], None],
    each_seconds: float,
    messages: int = MESSAGES,
    until: threading.Event | None = None,
) -> Load:
    """Send so many messages, and more until the event. All together begin one every `each_seconds`; where that is 0,
    each conversation goes on as soon as it is answered.
    """
    begun = time.monotonic()

    def talk(place: int) -> list[tuple[float, bool, str | None]]:
        conversation, sent = _Conversation(client), []
        for number in count():
            if number * CONVERSATIONS >= messages and (until is None or until.is_set()):
                break
            time.sleep(max(0.0, begun + (number * CONVERSATIONS + place) * each_seconds - time.monotonic()))
            sent.append(conversation.say_next())
            advance()
        return sent

    with ThreadPoolExecutor(CONVERSATIONS) as pool:
        sent = [each for part in pool.map(talk, range(CONVERSATIONS)) for each in part]
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
        self._turns = 0
        opened = client.post("/api/conversations").json()
        self._url = f"/api/conversations/{opened['conversation']}/messages"
        self._headers = {"Authorization": f"Bearer {opened['token']}"}

    def say_next(self) -> tuple[float, bool, str | None]:
        """Milliseconds, whether the answer is right, and its reference."""
        text, offers = TURNS[self._turns % len(TURNS)]
        self._turns += 1
        started = time.monotonic()
        answer = self._client.post(self._url, headers=self._headers, json={"text": text})
        milliseconds = (time.monotonic() - started) * 1000
        if answer.status_code != 200:
            return milliseconds, False, None
        reply = answer.json()
        return milliseconds, [offer["slug"] for offer in reply["offers"]] == offers, reply["enquiry"]
