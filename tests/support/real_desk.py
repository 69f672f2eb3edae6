"""A desk with the real engine and a database of its own."""

import warnings
from collections.abc import Iterator

import pytest

from assistant.db.engine import Database
from assistant.enquiries.desk import EnquiryDesk
from tests.conftest import Trained


@pytest.fixture(scope="session")
def real_desk(trained: Trained, tmp_path_factory: pytest.TempPathFactory) -> Iterator[EnquiryDesk]:
    """Answers with the project's model. Import Rasa only here, so that the unit tests never do."""
    from assistant.engine.opening import open_desk

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        desk = open_desk(trained.settings, Database(trained.settings.database_url))
        yield desk
    desk.database.close()
