from sqlalchemy.orm import Session

from assistant.catalogue.people import find_person, list_people


class TestFindPerson:
    def test_it_finds_the_person(self, catalogue: Session) -> None:
        found = find_person(catalogue, "joan-saddler")
        assert found is not None
        assert found.name == "Joan Saddler OBE"

    def test_it_finds_nobody_unknown(self, catalogue: Session) -> None:
        assert find_person(catalogue, "nobody") is None


class TestListPeople:
    def test_it_lists_everyone_in_the_order_printed(self, catalogue: Session) -> None:
        people = list_people(catalogue)
        assert len(people) == 16
        assert [people[0].slug, people[-1].slug] == ["matthew-taylor", "victor-adebowale"]

    def test_it_lists_those_asked_for_in_that_order(self, catalogue: Session) -> None:
        people = list_people(catalogue, slugs=["joan-saddler", "nobody", "matthew-taylor"])
        assert [person.slug for person in people] == ["joan-saddler", "matthew-taylor"]
