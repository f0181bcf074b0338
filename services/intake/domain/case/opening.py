"""What comes to a case from outside: the contact that opens it, its repeats, the Ombudsman."""

from __future__ import annotations

from services.intake.domain.case.commands import NoteRepeat, Open, RecordReferral
from services.intake.domain.case.state import CaseState
from shared.contracts import intake
from shared.kit.decider import Refused
from shared.kit.events import Event


def open_case(command: Open, state: CaseState) -> tuple[Event, ...]:
    """The contact opens the case, once."""
    if state.exists:
        return ()
    return (
        intake.CaseOpened(
            reference=command.reference,
            channel=command.channel,
            adapter=command.adapter,
            sender=command.sender,
            sender_message_id=command.sender_message_id,
            source_case_ids=command.source_case_ids,
            receipt=command.receipt,
            language=command.language,
            customer=command.customer,
            representative=command.representative,
            subject=command.subject,
            text=command.text,
            service_hint=command.service_hint,
            category_hint=command.category_hint,
            location=command.location,
            original=command.original,
            attachments=command.attachments,
            likely_repeat_of=command.likely_repeat_of,
            historic=command.historic,
        ),
    )


def note_repeat(command: NoteRepeat, state: CaseState) -> tuple[Event, ...]:
    """Other bytes under a message id that has made this case."""
    _needs_case(state)
    return (
        intake.ContactRepeated(
            sender=command.sender, sender_message_id=command.sender_message_id, original=command.original
        ),
    )


def record_referral(command: RecordReferral, state: CaseState) -> tuple[Event, ...]:
    """The Ombudsman took it up: a case that had ended goes on."""
    _needs_case(state)
    if command.referral in state.referrals:
        return ()
    referred = intake.ReferredToOmbudsman(
        ombudsman=command.ombudsman,
        referral=command.referral,
        their_reference=command.their_reference,
        referred_on=command.referred_on,
    )
    return (referred,) if state.is_open else (intake.Reopened(), referred)


def _needs_case(state: CaseState) -> None:
    if not state.exists:
        raise Refused("no-such-case", "There is no such case.")
