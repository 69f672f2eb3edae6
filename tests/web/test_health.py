import shutil
from pathlib import Path

import httpx
import pytest
from sqlalchemy import text

from assistant.db.engine import Database
from assistant.settings import Settings
from tests.support.asker import create_app


@pytest.fixture
async def early(settings: Settings) -> httpx.AsyncClient:
    """Asks an app that has not opened its desk."""
    return httpx.AsyncClient(transport=httpx.ASGITransport(create_app(settings)), base_url="http://assistant.test")


def lose(database: Database, folder: Path) -> None:
    """Put a folder where the database file was, so that it cannot be opened."""
    database.close()
    for file in folder.glob("assistant.db*"):
        file.unlink()
    (folder / "assistant.db").mkdir()


class TestHealthz:
    async def test_it_says_the_process_is_alive(self, client: httpx.AsyncClient) -> None:
        response = await client.get("/healthz")
        assert (response.status_code, response.json()) == (200, {"status": "alive"})

    async def test_it_says_so_before_the_assistant_is_ready(self, early: httpx.AsyncClient) -> None:
        assert (await early.get("/healthz")).status_code == 200

    async def test_it_says_so_without_a_database(
        self, client: httpx.AsyncClient, database: Database, tmp_path: Path
    ) -> None:
        lose(database, tmp_path)
        assert (await client.get("/healthz")).status_code == 200


class TestReadyz:
    async def test_it_says_what_is_there(self, client: httpx.AsyncClient) -> None:
        response = await client.get("/readyz")
        assert response.status_code == 200
        assert response.json() == {"ready": True, "database": "ok", "migrations": "ok", "model": "fake-model"}

    async def test_it_is_503_before_the_assistant_is_ready(self, early: httpx.AsyncClient) -> None:
        response = await early.get("/readyz")
        assert response.status_code == 503 and response.json()["ready"] is False

    async def test_it_is_503_when_the_database_is_gone(
        self, client: httpx.AsyncClient, database: Database, tmp_path: Path
    ) -> None:
        lose(database, tmp_path)
        response = await client.get("/readyz")
        assert response.status_code == 503
        assert response.json()["database"] == "does not answer"

    async def test_it_is_503_when_a_migration_is_missing(self, client: httpx.AsyncClient, database: Database) -> None:
        with database.write() as session:
            session.execute(text("DELETE FROM alembic_version"))
        response = await client.get("/readyz")
        assert response.status_code == 503
        assert (response.json()["database"], response.json()["migrations"]) == ("ok", "missing")

    async def test_it_is_200_again_when_the_database_is_back(
        self, client: httpx.AsyncClient, database: Database, tmp_path: Path, loaded_file: Path
    ) -> None:
        lose(database, tmp_path)
        assert (await client.get("/readyz")).status_code == 503
        (tmp_path / "assistant.db").rmdir()
        shutil.copy(loaded_file, tmp_path / "assistant.db")
        assert (await client.get("/readyz")).status_code == 200


class TestTheApiMeanwhile:
    @pytest.mark.parametrize(
        ("method", "path"),
        [("POST", "/api/conversations"), ("GET", "/api/offers"), ("GET", "/api/conversations/x/messages")],
    )
    async def test_it_is_503_and_says_how_else_to_reach_us(
        self, early: httpx.AsyncClient, method: str, path: str
    ) -> None:
        response = await early.request(method, path, headers={"Authorization": "Bearer x"})
        assert response.status_code == 503
        assert int(response.headers["retry-after"]) > 0
        assert "enquiries@nhsconfed.org" in response.json()["detail"]

    async def test_it_is_503_when_the_database_is_gone(
        self, client: httpx.AsyncClient, database: Database, tmp_path: Path
    ) -> None:
        lose(database, tmp_path)
        for method, path in (("POST", "/api/conversations"), ("GET", "/api/offers"), ("GET", "/api/offers/lfhii")):
            response = await client.request(method, path)
            assert response.status_code == 503
            assert response.headers["content-type"] == "application/problem+json"

    async def test_it_still_shows_its_page(self, early: httpx.AsyncClient) -> None:
        assert (await early.get("/")).status_code == 200
