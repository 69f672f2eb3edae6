from assistant.matching.names.bodies import Bodies

BODIES = Bodies(["Guy's and St Thomas'", "Ely", "Homerton", "Mary Seacole", "Homerton Hospital"])


def find(text: str) -> list[int]:
    return BODIES.find(text.split())


class TestBodies:
    def test_they_are_found_by_the_number_of_their_words(self) -> None:
        assert find("we asked Mary Seacole twice") == [0, 0, 2, 2, 0]

    def test_a_longer_one_hides_a_shorter_one_inside_it(self) -> None:
        assert find("Homerton Hospital and Homerton") == [2, 2, 0, 1]

    def test_apostrophes_and_their_s_do_not_matter(self) -> None:
        assert find("Guy’s and St Thomas’") == [4, 4, 4, 4]
        assert find("Homerton's") == [1]

    def test_a_short_word_in_small_letters_is_a_word(self) -> None:
        assert find("ely Ely") == [0, 1]

    def test_a_long_one_in_small_letters_counts(self) -> None:
        assert find("homerton") == [1]

    def test_nothing_is_found_in_nothing(self) -> None:
        assert Bodies([]).find([]) == Bodies(["", "'"]).find([]) == []
