import pytest
from argon2 import PasswordHasher

from assistant.staff import passwords
from assistant.staff.errors import PasswordRefusedError
from assistant.staff.passwords import check_password, hash_password, is_password, make_password, needs_new_hash

OWN = ("Nadia Newcomer", "nadia.n@example.org")


class TestWhatIsStored:
    def test_it_is_argon2id_with_a_salt_of_its_own(self) -> None:
        first, second = hash_password("kettle orbit plum"), hash_password("kettle orbit plum")
        assert first.startswith("$argon2id$v=19$m=47104,t=1,p=1$")
        assert first != second

    def test_it_opens_to_the_same_password_only(self) -> None:
        stored = hash_password("kettle orbit plum")
        assert is_password("kettle orbit plum", stored)
        assert not is_password("kettle orbit plume", stored)

    def test_it_does_not_matter_how_a_keyboard_composes_a_letter(self) -> None:
        assert is_password("cafe\u0301 orbit plum", hash_password("caf\u00e9 orbit plum"))

    def test_without_a_hash_no_password_is_right(self) -> None:
        assert not is_password("kettle orbit plum", None)
        assert not is_password("kettle orbit plum", "no hash")

    def test_it_is_hashed_anew_when_parameters_change(self) -> None:
        assert needs_new_hash(PasswordHasher(time_cost=1, memory_cost=8192).hash("kettle orbit plum"))
        assert not needs_new_hash(hash_password("kettle orbit plum"))


class TestWhatIsRefused:
    @pytest.mark.parametrize(
        "password",
        [
            "short",
            "elevenchars",
            "x" * 129,
            "password1234",
            "Password2026!",
            "1q2w3e4r5t6y",
            "QwertyUiop123",
            "aaaaaaaaaaaaaa",
            "123456789012",
            "12/10/1984 - 77",
            "CorrectHorseBatteryStaple",
            "I am Newcomer here",
            "example.org rules",
        ],
    )
    def test_it_is_short_long_common_or_their_own_name(self, password: str) -> None:
        with pytest.raises(PasswordRefusedError) as refused:
            check_password(password, *OWN)
        assert password not in str(refused.value)

    @pytest.mark.parametrize("password", ["kettle orbit plum", "x9$Lq2!vTz0p", "pâté élan œuvre", "twelve chars"])
    def test_others_will_do(self, password: str) -> None:
        check_password(password, *OWN)


class TestAPasswordMadeForSomebody:
    def test_it_is_another_each_time_and_would_do(self) -> None:
        made = {make_password() for _ in range(100)}
        assert len(made) == 100
        for password in made:
            check_password(password)


def test_only_a_few_are_hashed_at_once() -> None:
    assert passwords._places._value == passwords.MOST_AT_ONCE
