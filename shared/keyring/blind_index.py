"""Searching sealed data: views hold keyed tokens of names, postcodes and words, never the words.

A token is HMAC-SHA256 under a key derived from the master key, cut to 16 bytes, over the kind and the
normalised word: without the key nobody can try words out. Equal words have equal tokens, so how often one
occurs can be counted; words of one or two letters, which tell least and occur most, have none. Tokens are
deleted at erasure by the view that holds them.
"""

from __future__ import annotations

import hmac
import unicodedata
from typing import Final

from shared.keyring.master_key import MasterKey

TOKEN_BYTES: Final = 16
SHORTEST_WORD: Final = 3
_PURPOSE: Final = "redress search tokens"
_APOSTROPHES: Final = str.maketrans("", "", "'’‘`´ʼ")  # noqa: RUF001 - as people write O'Brien
_WITHOUT_DECOMPOSITION: Final = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}  # noqa: RUF001 - Turkish
)


class BlindIndex:
    """Makes tokens, to be stored and to be looked for.

    Stored tokens are of the current version of the master key. `versions` says which can be looked for, so
    a search made of the tokens of each finds rows from before a rotation; views are rebuilt before the old
    version is thrown away.
    """

    def __init__(self, master: MasterKey) -> None:
        self._keys = {version: master.derive(_PURPOSE, version) for version in master.versions}
        self.versions: Final = master.versions
        """Versions of the key held, the current one first."""

    def names(self, text: str, *, version: int | None = None) -> frozenset[bytes]:
        """A token for each part of a person's name, however short: `Siân O'Brien-Ng` has three."""
        return frozenset(self._token("name", word, version) for word in split(text))

    def words(self, text: str, *, version: int | None = None) -> frozenset[bytes]:
        """A token for each different word of at least three letters or digits."""
        return frozenset(
            self._token("word", word, version) for word in split(text) if len(word) >= SHORTEST_WORD
        )

    def postcode(self, text: str, *, version: int | None = None) -> bytes | None:
        """The token of a postcode, whatever its blanks and capitals; None: there is nothing in the text."""
        joined = "".join(split(text))
        return self._token("postcode", joined, version) if joined else None

    def _token(self, kind: str, word: str, version: int | None) -> bytes:
        key = self._keys[self.versions[0] if version is None else version]
        return hmac.digest(key, f"{kind}:{word}".encode(), "sha256")[:TOKEN_BYTES]


def split(text: str) -> list[str]:
    """The words of a text in the one form in which they are compared.

    Without case, accents, apostrophes and other punctuation: `O’Brien, Łukasz` gives `obrien`, `lukasz`.
    """  # noqa: RUF002 - as people write it
    plain = unicodedata.normalize("NFKD", text.translate(_APOSTROPHES)).casefold()
    letters = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    return "".join(c if c.isalnum() else " " for c in letters.translate(_WITHOUT_DECOMPOSITION)).split()
