from sqlalchemy.orm import Session

from assistant.catalogue.models import Contact
from assistant.catalogue.names import published_addresses


class TestPublishedAddresses:
    def test_it_has_every_printed_mailbox(self, catalogue: Session) -> None:
        assert published_addresses(catalogue) == {
            "miranda.seed@nhsconfed.org",
            "carol.hill@nhsconfed.org",
            "edi@nhsconfed.org",
        }

    def test_it_has_phones_and_small_letters(self, session: Session) -> None:
        session.add(Contact(slug="ann", name="Ann", email="Ann@NHSConfed.org", phone="020 7799 6666"))
        assert published_addresses(session) == {"ann@nhsconfed.org", "020 7799 6666"}
