"""One case: from the contact that opened it to its end, and back if the Ombudsman takes it up.

A file a feature: its command, what it may take now, what follows. To add one, write its file and name it here.
"""

from __future__ import annotations

from typing import Final

from services.intake.domain.case.acknowledge import ACKNOWLEDGE
from services.intake.domain.case.assign import ASSIGN
from services.intake.domain.case.close import CLOSE
from services.intake.domain.case.command import OfficerCommand
from services.intake.domain.case.correct_receipt import CORRECT_RECEIPT
from services.intake.domain.case.evolve import evolve
from services.intake.domain.case.given import Given
from services.intake.domain.case.note import NOTE
from services.intake.domain.case.note_repeat import NOTE_REPEAT
from services.intake.domain.case.open_case import OPEN_CASE
from services.intake.domain.case.receive_contribution import RECEIVE_CONTRIBUTION
from services.intake.domain.case.record_base_date import RECORD_BASE_DATE
from services.intake.domain.case.record_referral import RECORD_REFERRAL
from services.intake.domain.case.record_sent import RECORD_NOT_SENT, RECORD_SENT
from services.intake.domain.case.refuse import REFUSE, REFUSE_WITHOUT_NOTICE
from services.intake.domain.case.reopen import REOPEN
from services.intake.domain.case.request_contribution import REQUEST_CONTRIBUTION
from services.intake.domain.case.request_escalation import REQUEST_ESCALATION
from services.intake.domain.case.respond import RESPOND
from services.intake.domain.case.set_contact_plan import SET_CONTACT_PLAN
from services.intake.domain.case.set_priority import SET_PRIORITY
from services.intake.domain.case.state import INITIAL, CaseState, Standing
from services.intake.domain.case.triage import TRIAGE
from services.intake.domain.case.withdraw_contribution import WITHDRAW_CONTRIBUTION
from shared.contracts.intake import CaseEvent
from shared.kit.decider import Command, Decider, decider

FOR_OFFICERS: Final = (
    TRIAGE,
    CORRECT_RECEIPT,
    REFUSE,
    REFUSE_WITHOUT_NOTICE,
    ASSIGN,
    ACKNOWLEDGE,
    REQUEST_CONTRIBUTION,
    RECEIVE_CONTRIBUTION,
    WITHDRAW_CONTRIBUTION,
    RESPOND,
    REQUEST_ESCALATION,
    RECORD_BASE_DATE,
    SET_CONTACT_PLAN,
    SET_PRIORITY,
    NOTE,
    CLOSE,
    REOPEN,
)
"""What an officer can do, in the order of the work."""
FROM_CONTACTS: Final = (OPEN_CASE, NOTE_REPEAT)
"""What contacts bring."""
OWED: Final = (RECORD_SENT, RECORD_NOT_SENT, RECORD_REFERRAL)
"""What intake owes for others' events."""
CaseDecider = Decider[Command, CaseState, CaseEvent]


def case_decider(given: Given) -> CaseDecider:
    return decider((*FOR_OFFICERS, *FROM_CONTACTS, *OWED), evolve, INITIAL, given)


__all__ = [
    "FOR_OFFICERS",
    "INITIAL",
    "OWED",
    "CaseDecider",
    "CaseState",
    "Given",
    "OfficerCommand",
    "Standing",
    "case_decider",
    "evolve",
]
