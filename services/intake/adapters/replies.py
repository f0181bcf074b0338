"""Questions that somebody made up, and what was answered: who asks for what is guessed, carefully.

By the parts of an answer (a name, an address), by its shape (an e-mail address, a telephone number), and by the
question's own words. The longest of what remains is the text. Nothing is dropped: what has no role is in the details,
in order.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from services.intake.adapters.adapter import Unreadable
from services.intake.adapters.cleaning import one_line
from services.intake.domain.incoming import IncomingPerson

NAME_PARTS: Final[tuple[str, ...]] = ("title", "first_name", "middle_names", "last_name")
ADDRESS_PARTS: Final[tuple[str, ...]] = (
    "address1",
    "address2",
    "street_address",
    "town_or_city",
    "county",
    "country",
)

_LONGEST_PHONE: Final = 30
_EMAIL: Final = re.compile(r"[^\s@<>\"]{1,64}@[^\s@<>\"]{1,190}\.[^\s@<>\".]{2,63}")
_PHONE: Final = re.compile(r"(?=(?:[^0-9]*[0-9]){7,15}[^0-9]*$)\+?[0-9() .-]+")
_ASKS_PHONE: Final = re.compile(
    r"\b(phone|telephone|mobile|contact number|ffôn|ffon|symudol)\b", re.IGNORECASE
)
_ASKS_NAME: Final = re.compile(
    r"(what(.s| is) )?(your )?(full )?name\??|(beth yw )?eich enw( llawn)?\??", re.IGNORECASE
)
_ASKS_ABOUT_OTHERS: Final = re.compile(
    r"\b(behalf|someone|somebody|officers?|staff|employees?|councillors?|landlords?|neighbours?|their|them|they|who|"
    r"whose|witness(es)?|representatives?|agents?|business|compan(y|ies)|rhywun|swyddog|cymydog|eu|nhw)\b",
    re.IGNORECASE,
)
"""To write to somebody else in the customer's place would be a breach, so these questions give nobody a role."""
_NO_PROSE: Final = re.compile(
    r"[0-9\s.,:/£%+()-]*"  # numbers, amounts, dates
    r"|[^\s@]{1,64}@[^\s@]{1,255}"  # an e-mail address
    r"|[0-9]{1,2}[a-z]{0,2} \w{3,12} [0-9]{4}"  # 1 May 2026
    r"|[^\n/\\]{1,250}\.(csv|docx?|eml|gif|heic|jpe?g|mov|mp[34]|msg|od[st]|pdf|png|rtf|txt|xlsx?|zip)",
    re.IGNORECASE,
)
"""Answers that are no free text: the last are names of files, which GOV.UK Forms delivers apart."""


@dataclass(frozen=True, slots=True)
class Reply:
    """One question and what was answered, as written and as plain text."""

    question: str
    original: str
    words: str
    parts: dict[str, str]
    many: bool

    @property
    def is_prose(self) -> bool:
        """Whether it may be what somebody wrote freely."""
        return not self.parts and not _NO_PROSE.fullmatch(self.words)


@dataclass(frozen=True, slots=True)
class Told:
    """What the replies come to: the customer, the text, its original where cleaning changed it, and the details."""

    customer: IncomingPerson | None
    text: str
    text_original: str | None
    details: tuple[tuple[str, str], ...]


def told(replies: Sequence[Reply], pointer: str) -> Told:
    """What was answered. Raises Unreadable where nothing was: `pointer` says where the answers stand."""
    answered = [reply for reply in replies if reply.words]
    if not answered:
        raise Unreadable("empty", "Nothing was answered.", pointer, "At least one answer.")
    person: dict[str, str] = {}
    left: list[Reply] = []
    for reply in answered:
        roles = _roles(reply)
        taken = bool(roles) and not roles.keys() & person.keys()
        if taken:
            person |= roles
        if reply.many or not taken:
            left.append(reply)
    text, original, details = _told(left) if left else _listed(answered)
    return Told(IncomingPerson(**person) if person else None, text, original, details)


def _roles(reply: Reply) -> dict[str, str]:
    """The customer's details in this answer, by the names of `IncomingPerson`; empty where it isn't sure."""
    if _ASKS_ABOUT_OTHERS.search(reply.question):
        return {}
    first, parts = reply.words.partition("\n")[0], reply.parts
    address = "\n".join(parts[name] for name in ADDRESS_PARTS if parts.get(name))
    found = {
        "name": " ".join(parts[name] for name in NAME_PARTS if parts.get(name)),
        "address": address,
        "postcode": parts.get("postcode", ""),
    }
    if not any(found.values()) and "selections" not in parts:
        if _EMAIL.fullmatch(first):
            found["email"] = first
        elif _ASKS_PHONE.search(reply.question) and len(first) <= _LONGEST_PHONE and _PHONE.fullmatch(first):
            found["phone"] = first
        elif _ASKS_NAME.fullmatch(reply.question):
            found["name"] = one_line(first)
    return {name: value for name, value in found.items() if value}


def _told(replies: Sequence[Reply]) -> tuple[str, str | None, tuple[tuple[str, str], ...]]:
    """The text, its original where cleaning changed it, and the details.

    The text is the longest free answer, the first of equals. Without one, all questions and answers are.
    """
    prose = [reply for reply in replies if reply.is_prose]
    if not prose:
        return _listed(replies)
    longest = max(prose, key=lambda reply: len(reply.words))
    details = tuple((reply.question, reply.words) for reply in replies if reply is not longest)
    return longest.words, longest.original if longest.original != longest.words else None, details


def _listed(replies: Sequence[Reply]) -> tuple[str, str | None, tuple[tuple[str, str], ...]]:
    return "\n".join(f"{reply.question}: {reply.words}" for reply in replies), None, ()
