"""The master key: its setting, its versions, its binding of a wrapped key to a row."""

from __future__ import annotations

from pathlib import Path

import pytest

from shared.kit.keyring import MasterKey, MasterKeyMissing, Spoiled
from shared.kit.private_file import TooOpen, write_private

SECRET = bytes(range(32))


def test_a_wrapped_key_opens_in_its_own_row_only() -> None:
    master = MasterKey.from_setting(MasterKey.generate())
    wrapped = master.wrap(SECRET, b"row 1")
    assert SECRET not in wrapped
    assert master.unwrap(wrapped, b"row 1") == SECRET
    with pytest.raises(Spoiled):
        master.unwrap(wrapped, b"row 2")


@pytest.mark.parametrize("position", [4, 15, 16, 50, -1])
def test_a_changed_wrapped_key_does_not_open(position: int) -> None:
    master = MasterKey({1: SECRET})
    wrapped = bytearray(master.wrap(SECRET, b"row"))
    wrapped[position] ^= 1
    with pytest.raises(Spoiled):
        master.unwrap(bytes(wrapped), b"row")


@pytest.mark.parametrize("wrapped", [b"", b"\0\0", b"\0\0\0\x01", b"\0\0\0\x01short"])
def test_what_is_too_short_to_be_a_wrapped_key_does_not_open(wrapped: bytes) -> None:
    with pytest.raises(Spoiled):
        MasterKey({1: SECRET}).unwrap(wrapped, b"row")


def test_the_highest_version_wraps_and_every_version_held_unwraps() -> None:
    old, both = MasterKey({1: SECRET}), MasterKey({1: SECRET, 2: bytes(32)})
    assert both.current == 2
    assert both.unwrap(old.wrap(SECRET, b""), b"") == SECRET
    with pytest.raises(MasterKeyMissing) as missing:
        old.unwrap(both.wrap(SECRET, b""), b"")
    assert missing.value.version == 2


def test_another_master_key_of_the_same_version_opens_nothing() -> None:
    with pytest.raises(Spoiled):
        MasterKey({1: bytes(32)}).unwrap(MasterKey({1: SECRET}).wrap(SECRET, b""), b"")


def test_the_setting_holds_several_versions_in_any_order() -> None:
    master = MasterKey.from_setting(
        f"{MasterKey.generate(1)} {MasterKey.generate(3)}\n{MasterKey.generate(2)}\n"
    )
    assert master.versions == (3, 2, 1)


def test_the_setting_may_name_a_private_file(tmp_path: Path) -> None:
    file = tmp_path / "master"
    write_private(file, MasterKey.generate())
    assert MasterKey.from_setting(f"file:{file}").current == 1


def test_a_file_that_others_may_read_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "master"
    write_private(file, MasterKey.generate())
    file.chmod(0o640)
    with pytest.raises(TooOpen):
        MasterKey.from_setting(f"file:{file}")


def test_a_key_file_is_never_written_over(tmp_path: Path) -> None:
    file = tmp_path / "master"
    write_private(file, "first")
    with pytest.raises(FileExistsError):
        write_private(file, "second")
    assert file.read_text() == "first"


@pytest.mark.parametrize(
    "setting", ["", "secret", "one:c2VjcmV0", "1:c2VjcmV0", "1:not base64", f"0:{MasterKey.generate()[2:]}"]
)
def test_an_unreadable_setting_is_refused_without_being_quoted(setting: str) -> None:
    with pytest.raises(ValueError, match=r"[Mm]aster key") as refused:
        MasterKey.from_setting(setting)
    assert "c2VjcmV0" not in str(refused.value)
    assert refused.value.__cause__ is None


def test_a_version_given_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="twice"):
        MasterKey.from_setting(f"{MasterKey.generate()} {MasterKey.generate()}")


def test_keys_for_different_purposes_and_versions_differ() -> None:
    master = MasterKey({1: SECRET, 2: bytes(32)})
    derived = {master.derive(purpose, version) for purpose in ("search", "cursor") for version in (1, 2)}
    assert len(derived) == 4
    assert SECRET not in derived
    assert master.derive("search") == master.derive("search", 2)


def test_a_master_key_shows_no_secret_when_printed() -> None:
    assert repr(MasterKey({1: SECRET})) == "MasterKey(versions=[1])"
