import re

import pytest

from assistant.tokens import hash_token, is_token, new_token


class TestNewToken:
    def test_it_is_256_random_bits_that_are_safe_in_urls(self) -> None:
        tokens = {new_token() for _ in range(200)}
        assert len(tokens) == 200
        assert all(re.fullmatch(r"[\w-]{43}", token, re.ASCII) for token in tokens)


class TestIsToken:
    def test_it_knows_the_secret_that_was_hashed(self) -> None:
        token = new_token()
        assert is_token(token, hash_token(token))

    @pytest.mark.parametrize("other", ["", "x", "\0", "ü", "\ud800", "x" * 10_000])
    def test_it_refuses_any_other(self, other: str) -> None:
        assert not is_token(other, hash_token(new_token()))

    @pytest.mark.parametrize("token", ["", new_token(), "\ud800"])
    def test_it_refuses_everything_where_there_is_no_hash(self, token: str) -> None:
        assert not is_token(token, "")

    def test_it_does_not_take_the_hash_for_the_secret(self) -> None:
        token_hash = hash_token(new_token())
        assert not is_token(token_hash, token_hash)


class TestHashToken:
    def test_it_does_not_show_the_secret(self) -> None:
        token = new_token()
        assert token not in hash_token(token)
        assert len(hash_token(token)) == 64
