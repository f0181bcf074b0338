"""The data folder as an identity provider: an id is for ever, says nothing, and is nobody else's."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from deploy.cli.logins import Logins
from shared.kit.private_file import TooOpen


def test_a_login_keeps_its_id_and_another_has_another(tmp_path: Path) -> None:
    logins = Logins(tmp_path / "logins.json")
    sam, other = logins.made("sam.smith"), logins.made("sam.smith2")
    assert sam.person_id != other.person_id
    assert Logins(tmp_path / "logins.json").made("sam.smith") == sam
    assert logins.known() == {sam.person_id: "sam.smith", other.person_id: "sam.smith2"}


def test_the_same_login_in_another_folder_is_somebody_else(tmp_path: Path) -> None:
    one, other = Logins(tmp_path / "one.json").made("olwen"), Logins(tmp_path / "other.json").made("olwen")
    assert one.issuer != other.issuer
    assert one.person_id != other.person_id


def test_nothing_of_a_login_is_in_what_it_is_called(tmp_path: Path) -> None:
    login = Logins(tmp_path / "logins.json").made("olwen")
    assert "olwen" not in login.issuer + login.subject
    assert len(login.subject) == 32


def test_two_who_come_at_once_get_one_id_each(tmp_path: Path) -> None:
    names = [f"person{number % 8}" for number in range(64)]
    with ThreadPoolExecutor(16) as threads:
        found = list(threads.map(lambda name: Logins(tmp_path / "logins.json").made(name), names))
    assert len({login.person_id for login in found}) == 8
    assert set(Logins(tmp_path / "logins.json").known().values()) == set(names)


def test_the_file_is_its_owners_alone(tmp_path: Path) -> None:
    file = tmp_path / "logins.json"
    Logins(file).made("olwen")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    file.chmod(0o644)
    with pytest.raises(TooOpen):
        Logins(file).made("olwen")


def test_who_was_never_made_is_not_found(tmp_path: Path) -> None:
    logins = Logins(tmp_path / "logins.json")
    assert logins.find("olwen") is None
    logins.made("olwen")
    assert logins.find("rowan") is None
