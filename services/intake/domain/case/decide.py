"""What follows from a command to a case. What may be done at all is asked of `policy` first."""

from __future__ import annotations

from functools import partial
from typing import assert_never

from services.intake.domain.case import commands as c
from services.intake.domain.case import contributions, handling, letters, opening, policy
from services.intake.domain.case.checks import check_times, reason_of, text_of
from services.intake.domain.case.evolve import evolve
from services.intake.domain.case.state import INITIAL, CaseState
from services.intake.domain.rulebook import Rulebook
from shared.contracts import intake
from shared.kit.decider import Decider
from shared.kit.events import Event

Events = tuple[Event, ...]
CaseDecider = Decider[c.AnyCaseCommand, CaseState, Event]


def case_decider(rules: Rulebook) -> CaseDecider:
    """The rules of a case under these regimes."""
    return Decider(decide=partial(decide, rules), evolve=evolve, initial=INITIAL)


def decide(rules: Rulebook, command: c.AnyCaseCommand, state: CaseState) -> Events:
    """The events that the command leads to, none when there is nothing to do.

    Raises:
        Refused: the rules forbid it.
    """
    match command:
        case c.Open():
            return opening.open_case(command, state)
        case c.NoteRepeat():
            return opening.note_repeat(command, state)
        case c.RecordReferral():
            return opening.record_referral(command, state)
        case c.RecordSent() | c.RecordNotSent():
            return letters.record(command, state)
        case _:
            return _for_officer(rules, command, state)


def _for_officer(  # noqa: C901, PLR0911, PLR0912  one branch a command; mypy checks that none is missing
    rules: Rulebook, command: c.OfficerCommand, state: CaseState
) -> Events:
    allowed = policy.options(command.kind, state, rules, command.who)
    check_times(command, state)
    match command:
        case c.Triage():
            return handling.triage(rules, command, state, allowed)
        case c.Refuse():
            return handling.refuse(rules, command, state, allowed)
        case c.Assign():
            return handling.assign(command, state)
        case c.Acknowledge():
            return letters.acknowledge(command, state)
        case c.Respond():
            return letters.respond(command, state)
        case c.RequestContribution():
            return contributions.request(command, state)
        case c.ReceiveContribution() | c.WithdrawContribution():
            return contributions.end(command, state)
        case c.RequestEscalation():
            return handling.escalate(command, state, allowed["stage"][0])
        case c.RecordBaseDate():
            return handling.record_base_date(command, state, allowed)
        case c.SetContactPlan():
            return handling.set_contact_plan(command, state)
        case c.AddNote():
            return (intake.NoteAdded(text=text_of(command.text, state)),)
        case c.Close():
            return handling.close(command, state, allowed)
        case c.Reopen():
            return (intake.Reopened(reason=reason_of(command.reason, state)),)
        case _:
            assert_never(command)
