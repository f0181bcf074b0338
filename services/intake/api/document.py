"""A case as it is shown: folded from its stream, with the texts open. Nothing here decides anything."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from services.intake.application.cases import CaseFound
from services.intake.domain.case.letters import ACKNOWLEDGEMENT, REFUSAL, RESPONSE
from services.intake.domain.case.refuse import NO_NOTICE
from services.intake.domain.rulebook import Rulebook
from shared.contracts import intake
from shared.kit.events import Envelope, Event, SealedBlob
from shared.kit.keyring import Sealer, SourceEvent

Document = dict[str, Any]
Fields = dict[str, Any]
_OF_THE_LETTER: Final = frozenset({"subject", "text"})


async def case_document(found: CaseFound, sealer: Sealer, rules: Rulebook) -> Document:
    """The case as JSON. Lists are in the order of what happened; `at` is when, `recorded_at` when it was recorded."""
    document: Document = {
        "reference": found.reference,
        "case_id": str(found.case_id),
        "version": found.version,
        "standing": found.state.standing,
        "restricted": found.state.restricted,
        "regime": None,
        "receipt_corrections": [],
        "assigned": None,
        "refusal": None,
        "closing": None,
        "contact_plan": None,
        "priority": None,
        "letters": [],
        "contributions": [],
        "escalations": [],
        "base_dates": {},
        "notes": [],
        "repeats": [],
        "referrals": [],
    }
    for recorded in found.recorded:
        show = _SHOW.get(type(recorded.event))
        if show is not None and isinstance(recorded.event, Event):
            fields = await sealer.unseal_all(recorded.event, SourceEvent.of(recorded.envelope))
            show(document, fields, recorded.envelope)
    if document["regime"] is not None:
        _add_titles(document["regime"], found, rules)
    return document


def original_of(found: CaseFound) -> SealedBlob:
    return _opening(found).original


def file_of(found: CaseFound, number: int) -> SealedBlob | None:
    """A file that came with the case, numbered from 1; None: there is none, or it lies with the sender."""
    files = _opening(found).attachments
    return files[number - 1].content if 0 < number <= len(files) else None


def _opening(found: CaseFound) -> intake.CaseOpened:
    event = found.recorded[0].event
    assert isinstance(event, intake.CaseOpened)
    return event


def _add_titles(regime: Document, found: CaseFound, rules: Rulebook) -> None:
    state = found.state
    if state.regime is None or state.regime_version is None:
        return
    known = rules.version(state.regime, state.regime_version)
    stage = known.stage(state.stage or "")
    regime |= {
        "title": known.title,
        "stage": state.stage,
        "stage_title": stage.title if stage else None,
        "citation": known.citation,
    }


def _opened(document: Document, fields: Fields, envelope: Envelope) -> None:
    files = fields.pop("attachments")
    fields.pop("original")
    document |= fields
    document["opened_at"] = envelope.recorded_at.isoformat()
    document["attachments"] = [
        {
            "number": number,
            "name": file["name"],
            "media_type": file["media_type"],
            "size": file["content"]["size"] if file.get("content") else None,
            "url": file.get("url"),
        }
        for number, file in enumerate(files, start=1)
    ]


def _repeated(document: Document, fields: Fields, envelope: Envelope) -> None:
    document["repeats"].append(
        {"sender": fields["sender"], "message_id": fields["sender_message_id"], **_times(envelope)}
    )


def _triaged(document: Document, fields: Fields, envelope: Envelope) -> None:
    document["regime"] = {
        "name": fields["regime"],
        "version": fields["regime_version"],
        "stage": fields["stage"],
        "school": fields["school"],
        "received_on": fields["received_on"],
        "previous": fields["previous_regime"],
        "reason": fields["reason"],
        **_times(envelope),
    }


def _receipt_corrected(document: Document, fields: Fields, envelope: Envelope) -> None:
    _first_contact_corrected(document, fields, envelope)
    if document["regime"] is not None:
        document["regime"] |= {"version": fields["regime_version"], "received_on": fields["received_on"]}


def _first_contact_corrected(document: Document, fields: Fields, envelope: Envelope) -> None:
    document["receipt"] = {"received_on": fields["received_on"], "precision": "day", "said_by": "officer"}
    document["receipt_corrections"].append({**fields, **_times(envelope)})


def _latest(name: str) -> Callable[[Document, Fields, Envelope], None]:
    """What is said anew each time: the last word counts."""

    def show(document: Document, fields: Fields, envelope: Envelope) -> None:
        document[name] = {**fields, **_times(envelope)}

    return show


def _one_of(name: str, **more: str) -> Callable[[Document, Fields, Envelope], None]:
    """What a case can have several of."""

    def show(document: Document, fields: Fields, envelope: Envelope) -> None:
        document[name].append({**fields, **more, **_times(envelope)})

    return show


def _letter(purpose: str) -> Callable[[Document, Fields, Envelope], None]:
    def show(document: Document, fields: Fields, envelope: Envelope) -> None:
        document["letters"].append(
            {"purpose": purpose, **fields, "sent_on": None, "never_left": False, **_times(envelope)}
        )

    return show


def _left(purpose: str) -> Callable[[Document, Fields, Envelope], None]:
    def show(document: Document, fields: Fields, _envelope: Envelope) -> None:
        letter = _last_letter(document, purpose, fields["stage"])
        if letter is not None:
            letter |= {"sent_on": fields["sent_on"], "notification": fields["notification"]}

    return show


def _never_left(document: Document, fields: Fields, _envelope: Envelope) -> None:
    letter = _last_letter(document, fields["purpose"], fields["stage"])
    if letter is not None:
        letter |= {"never_left": True, "notification": fields["notification"]}
    if fields["purpose"] == REFUSAL:
        document["refusal"] = None


def _last_letter(document: Document, purpose: str, stage: str) -> Document | None:
    letters = (one for one in document["letters"] if (one["purpose"], one["stage"]) == (purpose, stage))
    return max(letters, key=lambda one: str(one["recorded_at"]), default=None)


def _refusal_issued(document: Document, fields: Fields, envelope: Envelope) -> None:
    """Shown from now on; the letter, where one is owed, beside the others."""
    if fields["means"] != NO_NOTICE:
        _letter(REFUSAL)(document, fields, envelope)
    shown = {name: value for name, value in fields.items() if name not in _OF_THE_LETTER}
    document["refusal"] = {**shown, "sent_on": None, **_times(envelope)}


def _refused(document: Document, fields: Fields, envelope: Envelope) -> None:
    _left(REFUSAL)(document, fields, envelope)
    document["refusal"] |= fields


def _received(document: Document, fields: Fields, _envelope: Envelope) -> None:
    part = document["contributions"][fields["contribution"] - 1]
    part |= {"standing": "received", "text": fields["text"], "received_on": fields["received_on"]}


def _withdrawn(document: Document, fields: Fields, _envelope: Envelope) -> None:
    part = document["contributions"][fields["contribution"] - 1]
    part |= {"standing": "withdrawn", "reason": fields["reason"]}


def _base_date(document: Document, fields: Fields, _envelope: Envelope) -> None:
    document["base_dates"][fields["base"]] = {"on": fields["on"], "reason": fields["reason"]}


def _note(document: Document, fields: Fields, envelope: Envelope) -> None:
    document["notes"].append({**fields, "by": envelope.principal, **_times(envelope)})


def _reopened(document: Document, fields: Fields, envelope: Envelope) -> None:
    document["closing"] = None
    document["reopening"] = {**fields, **_times(envelope)}


def _times(envelope: Envelope) -> Fields:
    return {"at": envelope.happened_at.isoformat(), "recorded_at": envelope.recorded_at.isoformat()}


_SHOW: Final[dict[type[Any], Callable[[Document, Fields, Envelope], None]]] = {
    intake.CaseOpened: _opened,
    intake.ContactRepeated: _repeated,
    intake.Triaged: _triaged,
    intake.ReceiptCorrected: _receipt_corrected,
    intake.FirstContactCorrected: _first_contact_corrected,
    intake.Assigned: _latest("assigned"),
    intake.AcknowledgementIssued: _letter(ACKNOWLEDGEMENT),
    intake.Acknowledged: _left(ACKNOWLEDGEMENT),
    intake.ContributionRequested: _one_of("contributions", standing="outstanding"),
    intake.ContributionReceived: _received,
    intake.ContributionWithdrawn: _withdrawn,
    intake.ResponseIssued: _letter(RESPONSE),
    intake.Responded: _left(RESPONSE),
    intake.RefusalIssued: _refusal_issued,
    intake.CaseRefused: _refused,
    intake.LetterNotSent: _never_left,
    intake.EscalationRequested: _one_of("escalations"),
    intake.BaseDateRecorded: _base_date,
    intake.ContactPlanSet: _latest("contact_plan"),
    intake.PrioritySet: _latest("priority"),
    intake.NoteAdded: _note,
    intake.ReferredToOmbudsman: _one_of("referrals"),
    intake.Closed: _latest("closing"),
    intake.Reopened: _reopened,
}
