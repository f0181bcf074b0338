"""Tokens by which sealed data is searched."""

from __future__ import annotations

import pytest

from shared.keyring import MasterKey
from shared.keyring.blind_index import BlindIndex, split

MASTER = MasterKey({1: bytes(range(32))})
INDEX = BlindIndex(MASTER)


@pytest.mark.parametrize(
    ("written", "searched"),
    [
        ("O'Brien", "obrien"),
        ("O’Brien", "O'BRIEN"),  # noqa: RUF001 - the apostrophe that phones type
        ("Siân", "SIAN"),
        ("Sia\u0302n", "Siân"),
        ("Łukasz", "lukasz"),
        ("Weiß", "WEISS"),
        ("  Anne   Marie ", "marie anne"),
        ("Smith-Jones", "Jones Smith"),
    ],
)
def test_a_name_is_found_however_it_is_written(written: str, searched: str) -> None:
    assert INDEX.names(written) == INDEX.names(searched) != frozenset()


@pytest.mark.parametrize("searched", ["SW1A 1AA", "sw1a1aa", " Sw1a  1aA ", "SW1A-1AA"])
def test_a_postcode_is_found_whatever_its_blanks_and_capitals(searched: str) -> None:
    assert INDEX.postcode(searched) == INDEX.postcode("SW1A 1AA")


def test_a_text_without_a_postcode_has_no_token() -> None:
    assert INDEX.postcode(" - ") is None


def test_short_words_have_no_token_but_short_names_do() -> None:
    assert INDEX.words("I am at No 7") == frozenset()
    assert len(INDEX.names("Wu Ng")) == 2


def test_a_word_twice_has_one_token() -> None:
    assert len(INDEX.words("bins, Bins and BINS")) == 2


def test_a_name_a_word_and_a_postcode_of_the_same_letters_have_different_tokens() -> None:
    postcode = INDEX.postcode("hill")
    assert postcode is not None
    assert len({postcode} | INDEX.names("hill") | INDEX.words("hill")) == 3


def test_without_the_master_key_tokens_cannot_be_tried_out() -> None:
    assert INDEX.names("Aled").isdisjoint(BlindIndex(MasterKey({1: bytes(32)})).names("Aled"))


def test_a_token_never_changes_under_its_version_of_the_key() -> None:
    """Tokens are stored: another form of them would make every search come back empty."""
    assert [token.hex() for token in INDEX.names("Aled")] == ["956a34fc5bbf4b1a7abd2b97dca2ac7f"]


def test_rows_from_before_a_rotation_are_found_as_long_as_the_old_version_is_held() -> None:
    stored = INDEX.names("Aled")
    rotated = BlindIndex(MasterKey({1: bytes(range(32)), 2: bytes(32)}))
    assert rotated.versions == (2, 1)
    assert rotated.names("Aled").isdisjoint(stored)
    assert stored <= {
        token for version in rotated.versions for token in rotated.names("Aled", version=version)
    }


def test_scripts_without_case_or_accents_are_split_too() -> None:
    assert split("王 小明") == ["王", "小明"]
    assert split("") == []
