"""A message's body as JSON, refused in words that help whoever sent it, and places in it."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from services.intake.adapters.adapter import Unreadable
from shared.kit.http import MAX_DEPTH, MAX_VALUES, JsonOutOfBounds, load_bounded

_WIDE: Final = (codecs.BOM_UTF16_BE, codecs.BOM_UTF16_LE, codecs.BOM_UTF32_BE, codecs.BOM_UTF32_LE)
_SURROGATE: Final = re.compile(r"[\ud800-\udfff]")
_NOT_IN_AN_ID: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
LONGEST_ID: Final = 200
"""Characters of a sender's own id, as our schemas say, too."""
A_NUMBER: Final = re.compile(r"(?=.*[0-9])[A-Za-z0-9][A-Za-z0-9/_.-]{2,59}")
"""What somebody typed as a reference and looks like one. Anything else may be personal and stays sealed."""
_PLAIN_NAME: Final = re.compile(r"[A-Za-z_$][A-Za-z0-9_.$-]{0,63}")


def load(body: bytes) -> Any:
    """The JSON value of a body in UTF-8, with or without a byte order mark. All its texts can be written as UTF-8.

    Raises:
        Unreadable: it isn't UTF-8, isn't JSON, nests too deeply, names a member twice, or holds half of a
            character (a lone surrogate such as `\\ud800`).
    """
    if body.startswith(_WIDE) or b"\0" in body[:4]:
        raise _not_utf8()
    try:
        value = load_bounded(body)
    except UnicodeDecodeError as error:
        raise _not_utf8() from error
    except JsonOutOfBounds as error:
        raise Unreadable(
            "json-out-of-bounds",
            "The JSON is out of bounds.",
            detail=f"At most {MAX_DEPTH} levels and {MAX_VALUES:,} values; no name twice in one object; "
            "no NaN or Infinity.",
        ) from error
    except json.JSONDecodeError as error:
        detail = f"Line {error.lineno}, column {error.colno}." if body.strip() else "The body is empty."
        raise Unreadable("not-json", "The body isn't JSON.", detail=detail) from error
    except ValueError as error:
        raise Unreadable("not-json", "The body holds a number that is too long to read.") from error
    if b"\\u" in body:
        _refuse_surrogates(value, "")
    return value


def pointer_to(place: str, *steps: str | int) -> str:
    """The JSON pointer (RFC 6901) to a member or an item below `place`."""
    return place + "".join(f"/{str(step).replace('~', '~0').replace('/', '~1')}" for step in steps)


def pointer_as_far_as_known(place: str, steps: Iterable[str | int]) -> str:
    """The pointer down these steps, as far as no name on the way may be personal data."""
    for step in steps:
        if isinstance(step, str) and not _PLAIN_NAME.fullmatch(step):
            break
        place = pointer_to(place, step)
    return place


def pointer_to_unknown(place: str, name: str) -> str:
    """The pointer to a member that the format doesn't know; to its owner where the name may be personal data."""
    return pointer_to(place, name) if _PLAIN_NAME.fullmatch(name) else place


def message_id_in(value: object, name: str) -> str | None:
    """The message id in the member `name`, for a refusal: none unless it is one line of a fair length."""
    found = value.get(name) if isinstance(value, Mapping) else None
    if isinstance(found, str) and len(found) <= LONGEST_ID and not _NOT_IN_AN_ID.search(found):
        return found.strip() or None
    return None


def without_nulls(value: Any) -> Any:
    """The same JSON with no member that is null: a null is the same as leaving out."""
    if isinstance(value, dict):
        return {name: without_nulls(member) for name, member in value.items() if member is not None}
    return [without_nulls(item) for item in value] if isinstance(value, list) else value


def _not_utf8() -> Unreadable:
    return Unreadable("not-utf-8", "The body isn't UTF-8.", detail="JSON is sent in UTF-8 (RFC 8259, 8.1).")


def _refuse_surrogates(value: Any, place: str) -> None:
    if isinstance(value, str):
        if _SURROGATE.search(value):
            raise Unreadable(
                "lone-surrogate",
                "A text holds half of a character.",
                place,
                "A \\ud8xx to \\udbxx must be followed by a \\udcxx to \\udfxx.",
            )
    elif isinstance(value, dict):
        for name, member in value.items():
            _refuse_surrogates(name, place)
            _refuse_surrogates(member, pointer_to_unknown(place, name))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            _refuse_surrogates(item, pointer_to(place, index))
