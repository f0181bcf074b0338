"""The same contact as four kinds of system would send it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from typing import Any

from deploy.demo.casebook import Contact


@dataclass(frozen=True, slots=True)
class Payload:
    """A body with its headers."""

    body: bytes
    headers: dict[str, str] = field(default_factory=lambda: {"Content-Type": "application/json"})


def payload(contact: Contact) -> Payload:
    """The contact in its adapter's format."""
    return {"json": _json, "cloudevents": _cloudevent, "hocs": _hocs, "govuk-forms": _govuk_form}[
        contact.adapter
    ](contact)


def _json(contact: Contact) -> Payload:
    return Payload(json.dumps(_own(contact), ensure_ascii=False).encode())


def _own(contact: Contact) -> dict[str, Any]:
    return {
        "message_id": f"CRM-{contact.name}",
        "source": "contact-centre",
        "source_case_ids": [f"CC/{contact.name}"],
        "submitted_at": contact.received_on.isoformat(),
        "channel": "phone",
        "language": contact.language,
        "customer": {"name": contact.customer, "email": contact.email, "postcode": "ZZ1 1ZZ"},
        "subject": contact.subject,
        "text": contact.text,
        "service": contact.department,
    }


def _cloudevent(contact: Contact) -> Payload:
    """Binary mode for one, structured mode for the others: a CRM may send either."""
    attributes = {
        "specversion": "1.0",
        "id": f"evt-{contact.name}",
        "source": "/crm/contact-centre",
        "type": "example.crm.contact",
        "time": _at_nine(contact),
    }
    data = {name: value for name, value in _own(contact).items() if name != "message_id"}
    if contact.days_ago == 1:
        headers = {f"ce-{name}": value for name, value in attributes.items()}
        return Payload(json.dumps(data).encode(), headers | {"Content-Type": "application/json"})
    structured = attributes | {"datacontenttype": "application/json", "data": data}
    return Payload(json.dumps(structured).encode(), {"Content-Type": "application/cloudevents+json"})


def _hocs(contact: Contact) -> Payload:
    body = {
        "creationDate": contact.received_on.isoformat(),
        "complaint": {
            "complaintType": "SOMETHING_ELSE",
            "reporterDetails": {
                "applicantType": "APPLICANT",
                "applicantName": contact.customer,
                "applicantNationality": "Not given",
                "applicantDob": "1970-01-01",
                "applicantEmail": contact.email,
                "applicantPhone": "01632 960000",
            },
            "complaintDetails": {"complaintText": contact.text},
        },
    }
    return Payload(
        json.dumps(body).encode(), {"Content-Type": "application/json", "MessageId": f"queue-{contact.name}"}
    )


def _govuk_form(contact: Contact) -> Payload:
    first, _, last = contact.customer.partition(" ")
    body = {
        "form_name": contact.subject,
        "submission_reference": f"FORM-{contact.name}",
        "submitted_at": _at_nine(contact),
        "language": contact.language,
        "answers": [
            {
                "question_id": "1",
                "question_text": "What is your name?",
                "first_name": first,
                "last_name": last,
                "answer_text": contact.customer,
            },
            {
                "question_id": "2",
                "question_text": "What is your email address?",
                "answer_text": contact.email,
            },
            {"question_id": "3", "question_text": "What do you ask for?", "answer_text": contact.text},
        ],
    }
    return Payload(json.dumps(body).encode())


def _at_nine(contact: Contact) -> str:
    return datetime.combine(contact.received_on, time(9), UTC).isoformat().replace("+00:00", "Z")
