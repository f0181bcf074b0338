"""A submission of GOV.UK Forms: questions that the council made up itself, and what was answered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from services.intake.adapters.adapter import Unreadable
from services.intake.adapters.cleaning import one_line, plain_text
from services.intake.adapters.document import load, message_id_in, without_nulls
from services.intake.adapters.moments import submitted_at
from services.intake.adapters.replies import ADDRESS_PARTS, NAME_PARTS, Reply, told
from services.intake.adapters.schema import Schema
from services.intake.domain.incoming import IncomingContact, SubmittedAt

_SCHEMA: Final = Schema("govuk-forms-submission.v1.json")


class GovukForms:
    """`POST /contacts/govuk-forms`."""

    name: Final = "govuk-forms"

    def read(self, body: bytes, headers: Mapping[str, str]) -> IncomingContact:  # noqa: ARG002  all is in the body
        """The contact in one submission. Raises Unreadable."""
        document = without_nulls(load(body))
        try:
            _SCHEMA.check(document)
            return _contact(document)
        except Unreadable as fault:
            fault.message_id = message_id_in(document, "submission_reference")
            raise


def _contact(document: dict[str, Any]) -> IncomingContact:
    found = told([_reply(answer) for answer in document["answers"]], "/answers")
    moment = document.get("submitted_at", "").strip()
    form = one_line(document.get("form_name", ""))
    return IncomingContact(
        source_system=form or "govuk-forms",
        schema_name="govuk-forms",
        schema_version="v1",
        message_id=document.get("submission_reference", "").strip() or None,
        submitted_at=submitted_at(moment, "/submitted_at") if moment else SubmittedAt(),
        channel="web",
        language=document.get("language", "en"),
        customer=found.customer,
        text=found.text,
        text_original=found.text_original,
        category_hint=form or None,
        details=found.details,
    )


def _reply(answer: dict[str, Any]) -> Reply:
    """An answer, each of its parts the first where there are several; all of them are in `words`."""
    chosen = answer.get("selections")
    whole = answer.get("answer_text", "")
    between = "\n" if chosen is None else "; "
    original = whole if isinstance(whole, str) else between.join(whole)
    parts: dict[str, str] = {
        name: one_line(_first(answer[name]))
        for name in (*NAME_PARTS, *ADDRESS_PARTS, "postcode", "selections")
        if name in answer
    }
    return Reply(
        question=one_line(answer["question_text"]),
        original=original,
        words=plain_text(original),
        parts=parts,
        many=isinstance(whole, list) and len(whole) > 1,
    )


def _first(value: str | list[str]) -> str:
    return value if isinstance(value, str) else next(iter(value), "")
