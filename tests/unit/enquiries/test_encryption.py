import base64
import logging
import stat
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from assistant.enquiries.encryption import KEY_FILE, Cipher, find_generated_key, make_key, open_cipher
from assistant.enquiries.errors import ContactKeyError
from assistant.settings import Settings

KEY, OLD, OLDER = (Fernet.generate_key().decode() for _ in range(3))


class TestCipher:
    @given(st.text() | st.dictionaries(st.text(), st.text()))
    def test_it_gives_back_what_was_encrypted(self, values: str | dict[str, str]) -> None:
        assert Cipher(KEY).decrypt(Cipher(KEY).encrypt(values)) == values

    def test_it_shows_nothing_of_what_was_encrypted(self) -> None:
        ciphertext = Cipher(KEY).encrypt("Ade Okafor")
        assert b"Ade" not in ciphertext
        assert b"Ade" not in base64.urlsafe_b64decode(ciphertext)

    def test_it_encrypts_the_same_text_differently_each_time(self) -> None:
        assert Cipher(KEY).encrypt("Ade") != Cipher(KEY).encrypt("Ade")

    def test_it_fails_with_another_key_and_says_which_setting_to_mend(self) -> None:
        with pytest.raises(ContactKeyError, match="ASSISTANT_CONTACT_KEY"):
            Cipher(Fernet.generate_key().decode()).decrypt(Cipher(KEY).encrypt("Ade"))

    def test_it_fails_on_a_ciphertext_that_was_changed(self) -> None:
        ciphertext = bytearray(base64.urlsafe_b64decode(Cipher(KEY).encrypt("Ade")))
        ciphertext[-40] ^= 1
        with pytest.raises(ContactKeyError):
            Cipher(KEY).decrypt(base64.urlsafe_b64encode(ciphertext))

    @pytest.mark.parametrize("key", ["", "secret", "x" * 44, KEY[:-4], "ü" * 44])
    def test_it_refuses_what_is_not_a_key_without_showing_it(self, key: str) -> None:
        with pytest.raises(ContactKeyError, match="ASSISTANT_CONTACT_KEY") as caught:
            Cipher(key)
        assert not key or key not in str(caught.value)


class TestSeveralKeys:
    def test_it_encrypts_with_the_first(self) -> None:
        ciphertext = Cipher(f"{KEY},{OLD}").encrypt("Ade")
        assert Cipher(KEY).decrypt(ciphertext) == "Ade"
        with pytest.raises(ContactKeyError):
            Cipher(OLD).decrypt(ciphertext)

    @pytest.mark.parametrize("used", [KEY, OLD, OLDER], ids=["first", "second", "third"])
    def test_it_decrypts_with_any(self, used: str) -> None:
        assert Cipher(f"{KEY}, {OLD} ,{OLDER}").decrypt(Cipher(used).encrypt("Ade")) == "Ade"

    def test_it_fails_when_none_of_them_fits(self) -> None:
        with pytest.raises(ContactKeyError, match="ASSISTANT_CONTACT_KEY"):
            Cipher(f"{KEY},{OLD}").decrypt(Cipher(OLDER).encrypt("Ade"))

    @pytest.mark.parametrize("between", ["", " ", ";", ", ,", ",,", "\n"])
    def test_it_refuses_what_else_may_stand_between_them_without_showing_it(self, between: str) -> None:
        with pytest.raises(ContactKeyError, match="ASSISTANT_CONTACT_KEY") as caught:
            Cipher(f"{KEY}{between}{OLD}")
        assert KEY not in str(caught.value) and OLD not in str(caught.value)

    @pytest.mark.parametrize("keys", [f"{KEY},", f",{KEY}", f"{KEY},{OLD[:-4]}", f"secret,{KEY}"], ids=range(4))
    def test_it_refuses_them_all_for_one_that_is_none(self, keys: str) -> None:
        with pytest.raises(ContactKeyError, match="ASSISTANT_CONTACT_KEY") as caught:
            Cipher(keys)
        assert not any(key in str(caught.value) for key in keys.split(",") if key)


class TestRenew:
    @given(st.text() | st.dictionaries(st.text(), st.text()), st.integers(1, 5))
    def test_it_keeps_what_was_encrypted_however_often_keys_change(
        self, values: str | dict[str, str], changes: int
    ) -> None:
        keys = [make_key() for _ in range(changes + 1)]
        ciphertext = Cipher(keys[0]).encrypt(values)
        for old, new in zip(keys, keys[1:], strict=False):
            ciphertext = Cipher(f"{new},{old}").renew(ciphertext)
        assert Cipher(keys[-1]).decrypt(ciphertext) == values
        for dropped in keys[:-1]:
            with pytest.raises(ContactKeyError):
                Cipher(dropped).decrypt(ciphertext)

    def test_it_leaves_what_is_under_the_newest_key(self) -> None:
        ciphertext = Cipher(KEY).encrypt("Ade")
        assert Cipher(f"{KEY},{OLD}").renew(ciphertext) is ciphertext

    def test_it_keeps_the_time(self) -> None:
        ciphertext = Fernet(OLD).encrypt_at_time(b'"Ade"', 1_700_000_000)
        assert Fernet(KEY).extract_timestamp(Cipher(f"{KEY},{OLD}").renew(ciphertext)) == 1_700_000_000

    @pytest.mark.parametrize("ciphertext", [Cipher(OLDER).encrypt("Ade"), b"", b"Ade"], ids=range(3))
    def test_it_fails_when_no_key_opens_it(self, ciphertext: bytes) -> None:
        with pytest.raises(ContactKeyError, match="ASSISTANT_CONTACT_KEY"):
            Cipher(f"{KEY},{OLD}").renew(ciphertext)


class TestRecognises:
    @given(st.text())
    def test_it_knows_a_text_by_its_fingerprint_under_any_key(self, text: str) -> None:
        cipher = Cipher(f"{KEY},{OLD}")
        assert all(cipher.recognises(text, Cipher(key).fingerprint(text)) for key in (f"{KEY},{OLD}", KEY, OLD))

    @pytest.mark.parametrize(
        "fingerprint", ["", "ü", Cipher(OLD).fingerprint("b"), Cipher(OLDER).fingerprint("a")], ids=range(4)
    )
    def test_it_knows_no_other(self, fingerprint: str) -> None:
        assert not Cipher(f"{KEY},{OLD}").recognises("a", fingerprint)


class TestFingerprint:
    def test_it_is_the_same_for_the_same_text_only(self) -> None:
        cipher = Cipher(KEY)
        assert cipher.fingerprint("a") == Cipher(KEY).fingerprint("a")
        assert cipher.fingerprint("a") != cipher.fingerprint("b")

    def test_it_cannot_be_made_without_the_key(self) -> None:
        assert Cipher(KEY).fingerprint("a") != Cipher(Fernet.generate_key().decode()).fingerprint("a")

    def test_it_is_of_the_newest_key(self) -> None:
        assert Cipher(f"{KEY},{OLD}").fingerprint("a") == Cipher(KEY).fingerprint("a")

    def test_it_fits_its_column(self) -> None:
        assert len(Cipher(KEY).fingerprint("ü" * 5000)) == 64


class TestOpenCipher:
    def test_it_takes_the_key_of_the_settings(self, tmp_path: Path) -> None:
        cipher = open_cipher(Settings(contact_key=SecretStr(KEY), var_folder=tmp_path))
        assert Cipher(KEY).decrypt(cipher.encrypt("Ade")) == "Ade"
        assert list(tmp_path.iterdir()) == []

    def test_it_makes_a_key_that_only_its_owner_can_read(self, tmp_path: Path) -> None:
        open_cipher(Settings(var_folder=tmp_path / "var"))
        assert stat.S_IMODE((tmp_path / "var" / KEY_FILE).stat().st_mode) == 0o600

    def test_it_says_where_the_generated_key_stands(self, tmp_path: Path) -> None:
        settings = Settings(var_folder=tmp_path)
        assert find_generated_key(settings) is None
        open_cipher(settings)
        assert find_generated_key(settings) == tmp_path / KEY_FILE

    def test_it_takes_the_key_it_made_before(self, tmp_path: Path) -> None:
        settings = Settings(var_folder=tmp_path)
        assert open_cipher(settings).decrypt(open_cipher(settings).encrypt("Ade")) == "Ade"

    def test_it_warns_about_a_generated_key_without_showing_it(
        self, tmp_path: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        with caplog.at_level(logging.WARNING):
            open_cipher(Settings(var_folder=tmp_path))
        assert "ASSISTANT_CONTACT_KEY" in caplog.text
        assert (tmp_path / KEY_FILE).read_text() not in caplog.text

    def test_it_refuses_a_damaged_key_file(self, tmp_path: Path) -> None:
        (tmp_path / KEY_FILE).write_text("damaged")
        with pytest.raises(ContactKeyError):
            open_cipher(Settings(var_folder=tmp_path))
