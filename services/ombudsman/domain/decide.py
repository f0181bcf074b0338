"""What follows from a command to a referral."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import assert_never

from services.ombudsman.domain import commands as c
from services.ombudsman.domain import policy
from services.ombudsman.domain.evolve import evolve
from services.ombudsman.domain.state import INITIAL, ReferralState
from services.ombudsman.domain.vocabulary import Vocabulary
from shared.contracts import ombudsman as e
from shared.kit.decider import Decider, Refused
from shared.kit.events import Event, Plain

ReferralDecider = Decider[c.AnyReferralCommand, ReferralState, Event]


def referral_decider(words: Vocabulary) -> ReferralDecider:
    """The rules of a referral."""
    return Decider(decide=partial(decide, words), evolve=evolve, initial=INITIAL)


def decide(words: Vocabulary, command: c.AnyReferralCommand, state: ReferralState) -> tuple[Event, ...]:
    """The events that the command leads to.

    Raises:
        Refused: the rules forbid it.
    """
    allowed = policy.options(command.kind, state, words)
    match command:
        case c.OpenReferral():
            return (_open(words, command),)
        case c.RecordEnquiry():
            return (_enquiry(command, state, allowed["letter"]),)
        case c.AnswerEnquiry():
            return (_answer(command, state),)
        case c.RecordDecision():
            return (_decision(command, state, allowed["outcome"]),)
        case _:
            assert_never(command)


def _open(words: Vocabulary, command: c.OpenReferral) -> Event:
    regime = words.procedure(command.ombudsman, command.referred_on)
    _check_day(command.referred_on, command.today)
    return e.ReferralOpened(
        referral=command.referral,
        ombudsman=command.ombudsman,
        regime_version=regime.version,
        case_id=command.case_id,
        their_reference=command.their_reference,
        referred_on=command.referred_on,
    )


def _enquiry(command: c.RecordEnquiry, state: ReferralState, letters: tuple[str, ...]) -> Event:
    assert state.referral is not None
    _check_choice(command.letter, letters, "letter")
    _check_day(command.letter_on, command.today)
    if command.due_on is not None and command.due_on < command.letter_on:
        raise Refused("due-before-letter", "The date to answer by is before the letter's own date.")
    return e.EnquiryReceived(
        referral=state.referral,
        ombudsman=state.ombudsman,
        regime_version=state.regime_version,
        enquiry=len(state.enquiries) + 1,
        kind=command.letter,
        letter_on=command.letter_on,
        due_on=command.due_on,
        questions=Plain(command.questions, command.owner),
    )


def _answer(command: c.AnswerEnquiry, state: ReferralState) -> Event:
    assert state.referral is not None
    enquiry = state.enquiries.get(command.enquiry)
    if enquiry is None or enquiry.answered_on is not None:
        raise Refused("nothing-to-answer", f"Enquiry {command.enquiry} doesn't wait for an answer.")
    _check_day(command.sent_on, command.today, since=enquiry.letter_on)
    return e.EnquiryAnswered(
        referral=state.referral,
        enquiry=enquiry.number,
        kind=enquiry.kind,
        sent_on=command.sent_on,
        answer=Plain(command.answer, command.owner),
    )


def _decision(command: c.RecordDecision, state: ReferralState, outcomes: tuple[str, ...]) -> Event:
    assert state.referral is not None
    _check_choice(command.outcome, outcomes, "outcome")
    for finding in command.findings:
        _check_choice(finding, outcomes, "finding")
    _check_day(command.decided_on, command.today, since=state.referred_on)
    return e.DecisionReceived(
        referral=state.referral,
        ombudsman=state.ombudsman,
        decided_on=command.decided_on,
        outcome=command.outcome,
        findings=command.findings,
        remedies=None if command.remedies is None else Plain(command.remedies, command.owner),
    )


def _check_day(day: date, today: date, since: date | None = None) -> None:
    if day > today:
        raise Refused("in-the-future", f"{day.isoformat()} is still in the future.")
    if since is not None and day < since:
        raise Refused("too-early", f"{day.isoformat()} is before {since.isoformat()}, when it began.")


def _check_choice(value: str, allowed: tuple[str, ...], what: str) -> None:
    if value not in allowed:
        raise Refused(f"no-such-{what}", f"{value!r} is no {what} here; there are {', '.join(allowed)}.")
