from sqlalchemy.orm import Session

from assistant.catalogue.shared_parts import find_shared_part


class TestFindSharedPart:
    def test_it_finds_the_part_with_its_offers(self, catalogue: Session) -> None:
        part = find_shared_part(catalogue, "network-consulting")
        assert part is not None
        assert part.offers == ["bme-network-consulting", "nursing-midwifery-consulting"]

    def test_it_finds_nothing_for_an_unknown_slug(self, catalogue: Session) -> None:
        assert find_shared_part(catalogue, "nothing") is None
