"""A submission of MoJ Forms: pages of questions as the submitter sends them, or answers by their fields' names.

A submission of pages has no id: it is the queue's, in a header, if the sender passes it on. Its submitter can encrypt
it (JWE): the council's gateway decrypts it, because a key has no place in a format. Files are named by where the sender
keeps them. English words stand where other formats have values: "14 August 1978", "Yes".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, Final

from services.intake.adapters.adapter import Unreadable
from services.intake.adapters.cleaning import one_line, plain_text
from services.intake.adapters.document import A_NUMBER, load, message_id_in, without_nulls
from services.intake.adapters.headers import EXTERNAL_REFERENCE, MESSAGE_ID, first_of
from services.intake.adapters.replies import Reply, told
from services.intake.adapters.schema import Schema
from services.intake.domain.incoming import IncomingAttachment, IncomingContact, SubmittedAt

_PAGES: Final = Schema("moj-forms-pages.json")
_ANSWERS: Final = Schema("moj-forms-answers.json")
_ENCRYPTED: Final = re.compile(rb"\s*eyJ[A-Za-z0-9_-]*(\.[A-Za-z0-9_-]*){4}\s*")
_IDS: Final = ("submissionId", "submission_id")
_OF_THE_FORM: Final = frozenset((*_IDS, "submissionDate", "schema", "attachments"))
_ADDRESS: Final = {
    "building_street": "address1",
    "building_street_line_2": "address2",
    "town_city": "town_or_city",
    "county": "county",
    "postcode": "postcode",
}


class MojForms:
    """`POST /contacts/moj-forms`."""

    name: Final = "moj-forms"

    def read(self, body: bytes, headers: Mapping[str, str]) -> IncomingContact:
        """The contact in one submission. Raises Unreadable."""
        if _ENCRYPTED.fullmatch(body):
            raise Unreadable(
                "encrypted", "The submission is encrypted.", detail="Send what the JWE holds, decrypted."
            )
        document = without_nulls(load(body))
        in_header = first_of(headers, MESSAGE_ID) or first_of(headers, EXTERNAL_REFERENCE)
        own = next((found for name in _IDS if (found := message_id_in(document, name))), None)
        try:
            if isinstance(document, dict) and "pages" in document:
                return _of_pages(document, in_header)
            return _of_answers(document, own or in_header)
        except Unreadable as fault:
            fault.message_id = own or in_header
            raise


def _of_pages(document: dict[str, Any], message_id: str | None) -> IncomingContact:
    _PAGES.check(document)
    replies = [
        _reply(each["field_name"], each["answer"]) for page in document["pages"] for each in page["answers"]
    ]
    found = told(replies, "/pages")
    return IncomingContact(
        source_system=one_line(document["service"]["slug"]) or "moj-forms",
        schema_name="moj-forms",
        message_id=message_id,
        customer=found.customer,
        category_hint=one_line(document["service"].get("name", "")) or None,
        subject=one_line(document.get("meta", {}).get("pdf_heading", "")) or None,
        text=found.text,
        text_original=found.text_original,
        attachments=_files(document),
        details=found.details,
    )


def _of_answers(document: Any, message_id: str | None) -> IncomingContact:
    _ANSWERS.check(document)
    answers = document.get("answers", document)
    found = told(list(_by_field(answers)), "/answers" if "answers" in document else "")
    number = _line(answers, "case_number_details")
    return IncomingContact(
        source_system="moj-forms",
        schema_name="moj-forms",
        schema_version=document.get("schema", ""),
        message_id=message_id,
        source_case_ids=(number,) if A_NUMBER.fullmatch(number) else (),
        submitted_at=_at(document.get("submissionDate", "")),
        customer=found.customer,
        subject=_line(answers, "subject") or None,
        text=found.text,
        text_original=found.text_original,
        attachments=_files(document),
        details=found.details,
    )


def _by_field(answers: dict[str, Any]) -> Iterator[Reply]:
    """An answer a field, in the form's order; those of one address together."""
    parts = {part: line for name, part in _ADDRESS.items() if (line := _line(answers, name))}
    if parts:
        lines = "\n".join(parts.values())
        yield Reply(question="Address", original=lines, words=plain_text(lines), parts=parts, many=False)
    for name, answer in answers.items():
        if name not in _ADDRESS and name not in _OF_THE_FORM and isinstance(answer, str | list):
            yield _reply(_words(name), _chosen(name, answer))


def _line(answers: dict[str, Any], name: str) -> str:
    """An answer as one line; empty where there is none."""
    return one_line(_joined(answers.get(name, "")))


def _joined(answer: str | list[str]) -> str:
    return answer if isinstance(answer, str) else "; ".join(answer)


def _reply(question: str, answer: str | list[str]) -> Reply:
    original = _joined(answer)
    many = isinstance(answer, list) and len(answer) > 1
    return Reply(
        question=one_line(question), original=original, words=plain_text(original), parts={}, many=many
    )


def _chosen(name: str, answer: str | list[str]) -> str | list[str]:
    """A choice is written with its field's name before it: `complaint_evidence_no` is "No"."""
    if isinstance(answer, str) and answer.startswith(f"{name}_"):
        return _words(answer.removeprefix(f"{name}_"))
    return answer


def _words(name: str) -> str:
    return name.replace("_", " ").strip().capitalize()


def _at(milliseconds: str) -> SubmittedAt:
    """Milliseconds since 1970, as a text."""
    if not milliseconds:
        return SubmittedAt()
    return SubmittedAt.minute(datetime.fromtimestamp(int(milliseconds) / 1000, UTC))


def _files(document: dict[str, Any]) -> tuple[IncomingAttachment, ...]:
    return tuple(
        IncomingAttachment(name=one_line(file["filename"]), media_type=file["mimetype"], url=file["url"])
        for file in document.get("attachments", ())
    )
