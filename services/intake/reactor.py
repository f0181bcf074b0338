"""What intake owes when it reads the log: the days on which letters left, referrals, keys to destroy."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from services.intake.domain.case.letters import PURPOSES
from services.intake.domain.case.record_referral import RecordReferral
from services.intake.domain.case.record_sent import RecordNotSent, RecordSent
from services.intake.domain.contact import RETENTION, DestroyMessageKey, Discard
from services.intake.domain.person import DestroyPersonKeys
from shared.contracts import intake, notifications, ombudsman
from shared.contracts.ids import case_stream
from shared.kit.due import DueRow, owe
from shared.kit.log import Received


class IntakeReactor:
    """Turns others' events, and some of intake's own, into commands that intake owes.

    Args:
        keep_quarantined: how long an unreadable message may wait for somebody to mend it.
    """

    name = "intake"
    from_beginning = True

    def __init__(self, keep_quarantined: timedelta) -> None:
        self._keep_quarantined = keep_quarantined

    def react(self, received: Received) -> Sequence[DueRow]:
        heard = received.envelope
        match received.event:
            case notifications.Sent() | notifications.OutcomeSettled() as event:
                letter = _letter(event)
                return [] if letter is None else [owe(heard, letter, stream=case_stream(heard.key))]
            case ombudsman.ReferralOpened() as event:
                referral = RecordReferral(
                    ombudsman=event.ombudsman,
                    referral=event.referral,
                    their_reference=event.their_reference,
                    referred_on=event.referred_on,
                )
                return [owe(heard, referral, stream=case_stream(event.case_id), key=event.case_id)]
            case intake.ContactQuarantined():
                at = heard.recorded_at + self._keep_quarantined
                return [owe(heard, Discard(reason=RETENTION), stream=heard.stream, at=at)]
            case intake.ContactSentThrough() | intake.ContactDiscarded():
                return [owe(heard, DestroyMessageKey(), stream=heard.stream)]
            case intake.PersonErased():
                return [owe(heard, DestroyPersonKeys(), stream=heard.stream)]
            case _:
                return []


def _letter(event: notifications.Sent | notifications.OutcomeSettled) -> RecordSent | RecordNotSent | None:
    """Only letters that a stage waits for; a reminder or a notice is not intake's business."""
    if event.purpose not in PURPOSES or event.stage is None:
        return None
    if isinstance(event, notifications.OutcomeSettled) and not event.arrived:
        return RecordNotSent(purpose=event.purpose, stage=event.stage, notification=event.notification)
    if event.sent_on is None:
        return None
    return RecordSent(
        purpose=event.purpose, stage=event.stage, sent_on=event.sent_on, notification=event.notification
    )
