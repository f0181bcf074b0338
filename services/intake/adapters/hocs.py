"""The Home Office's web complaint, as the form puts it on the queue for its casework system (HOCS).

The message has no id and no version of its own. Its id is in the queue's headers, if the sender passes them on;
what older forms wrote is read, too: the schema beside this says how far.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from services.intake.adapters.adapter import Unreadable
from services.intake.adapters.cleaning import one_line, plain_text
from services.intake.adapters.document import A_NUMBER, load
from services.intake.adapters.headers import EXTERNAL_REFERENCE, MESSAGE_ID, first_of
from services.intake.adapters.moments import a_day
from services.intake.adapters.schema import Schema
from services.intake.domain.incoming import IncomingContact, IncomingPerson, IncomingRepresentative

_SCHEMA: Final = Schema("hocs-web-complaint.json")
_TEXT: Final = "complaintText"
_RELATIONS: Final = {
    "LEGAL_REP": "legal representative",
    "RELATIVE": "relative",
    "SPONSOR": "sponsor",
    "SUPPORT_ORG": "support organisation",
}
_REFERENCES: Final = {
    "HO_REF": "Home Office reference",
    "GWF_REF": "GWF reference",
    "IHS_REF": "IHS reference",  # codespell:ignore ihs
    "UAN_REF": "UAN reference",
}
_CHOICES: Final = frozenset(
    (
        *("problemExperienced", "applicationLocation", "delayedWaitingFor", "documentReturnRequest"),
        *("decisionOutcome", "refundRequested", "refundType", "refundWhen"),
        *("experienceType", "previousComplaintType"),
    )
)
"""Fields whose value is one of a list; the others hold what somebody typed."""
_LONGEST_ABBREVIATION: Final = 3
_WORDS: Final = re.compile(r"(?=[A-Z])")


class HomeOfficeComplaint:
    """`POST /contacts/hocs`."""

    name: Final = "hocs"

    def read(self, body: bytes, headers: Mapping[str, str]) -> IncomingContact:
        """The contact in one complaint of the form. Raises Unreadable."""
        external = first_of(headers, EXTERNAL_REFERENCE)
        message_id = first_of(headers, MESSAGE_ID) or external
        try:
            document = load(body)
            _SCHEMA.check(document)
            return _contact(document, message_id, external)
        except Unreadable as fault:
            fault.message_id = message_id
            raise


def _contact(document: dict[str, Any], message_id: str | None, external: str | None) -> IncomingContact:
    complaint = document["complaint"]
    asked = complaint["complaintDetails"]
    text = plain_text(asked[_TEXT])
    if not text:
        raise Unreadable("empty", "The complaint's text is empty.", f"/complaint/complaintDetails/{_TEXT}")
    reporter = complaint.get("reporterDetails", {})
    applicant = reporter.get("applicantDetails", reporter)
    numbers = (
        complaint.get("reference", {}).get("reference", ""),
        asked.get("previousComplaint", {}).get("complaintReferenceNumber", ""),
    )
    return IncomingContact(
        source_system="hocs",
        schema_name="hocs",
        message_id=message_id,
        source_case_ids=tuple(
            dict.fromkeys(
                number
                for number in (external, *map(str.strip, numbers))
                if number and A_NUMBER.fullmatch(number)
            )
        ),
        submitted_at=a_day(document["creationDate"], "/creationDate"),
        channel="web",
        customer=_applicant(applicant) if applicant else None,
        representative=_agent(reporter["agentDetails"]) if "agentDetails" in reporter else None,
        text=text,
        text_original=asked[_TEXT] if asked[_TEXT] != text else None,
        category_hint=complaint["complaintType"],
        details=tuple(_details(complaint, applicant)),
    )


def _applicant(fields: dict[str, str]) -> IncomingPerson | None:
    person = IncomingPerson(
        name=one_line(fields["applicantName"]) or None,
        email=one_line(fields.get("applicantEmail", "")) or None,
        phone=one_line(fields.get("applicantPhone", "")) or None,
    )
    return None if person == IncomingPerson() else person


def _agent(fields: dict[str, str]) -> IncomingRepresentative:
    return IncomingRepresentative(
        person=IncomingPerson(
            name=one_line(fields["agentName"]) or None,
            email=one_line(fields.get("agentEmail", "")) or None,
            phone=one_line(fields.get("agentPhone", "")) or None,
        ),
        relation=_RELATIONS[fields["agentType"]],
    )


def _details(complaint: dict[str, Any], applicant: dict[str, str]) -> Iterator[tuple[str, str]]:
    """What else was asked, in the form's order; dates and numbers as somebody typed them."""
    if reference := complaint.get("reference"):
        yield from _answer(_REFERENCES[reference["referenceType"]], reference["reference"])
    yield from _answer("Nationality", applicant.get("applicantNationality", ""))
    yield from _answer("Date of birth", applicant.get("applicantDob", ""))
    for name, value in complaint["complaintDetails"].items():
        if name != _TEXT:
            yield from _answers(name, value)


def _answers(name: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for below, inner in value.items():
            yield from _answers(below, inner)
    else:
        yield from _answer(_words(name), _choice(value) if name in _CHOICES else value)


def _answer(question: str, answer: str) -> Iterator[tuple[str, str]]:
    if words := one_line(answer):
        yield question, words


def _words(name: str) -> str:
    """`documentReturnRequest` as `Document return request`."""
    return " ".join(_WORDS.split(name)).capitalize()


def _choice(value: str) -> str:
    """`LESS_THAN_SIX_WEEKS` as `Less than six weeks`; an abbreviation stays."""
    return value.replace("_", " ").capitalize() if len(value) > _LONGEST_ABBREVIATION else value
