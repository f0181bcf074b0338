"""Everything that can happen to a case happens in some simulated life, and every life is lawful.

What is expected is read from the code and the data. Where something new has no life yet, add its step to
`deploy/simulation/steps/__init__.py`, or its share to `deploy/simulation/data/frequencies.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final, get_args

import pytest

from deploy.simulation.frequencies import load_frequencies
from deploy.simulation.lives import lives, opened
from services.deadlines.domain.clock import FOR_OFFICERS as TO_CLOCKS
from services.deadlines.domain.clock.names import SUPERSEDED, MovedBy
from services.intake.application.rulebook import load_rulebook
from services.intake.domain.case import FOR_OFFICERS
from services.intake.domain.case.set_priority import PRIORITIES
from services.notifications.application.letters import load_letters
from services.notifications.domain.letter import MORNING_DIGEST
from services.notifications.domain.message import FOR_OFFICERS as ABOUT_MESSAGES
from services.ombudsman.application.vocabulary import load_vocabulary
from services.ombudsman.domain.referral import FOR_OFFICERS as TO_REFERRALS
from shared.contracts.deadlines import (
    BankHolidayProclaimed,
    ClockPaused,
    ClockRestarted,
    ClockStarted,
    ClockStopped,
    DueDateMoved,
    Extended,
    ExtensionProposed,
    Met,
)
from shared.contracts.intake import (
    BaseDateRecorded,
    CaseRefused,
    Closed,
    EscalationRequested,
    LetterNotSent,
    PrioritySet,
    Triaged,
    UnitEvent,
)
from shared.contracts.notifications import DigestEvent, OutcomeSettled, Requested
from shared.contracts.ombudsman import ReferralOpened
from shared.contracts.public import public
from shared.contracts.staff import StaffEvent
from shared.rules.regimes import Regime, load_regimes
from shared.rules.regimes.rules import Kind
from tests.unit.deploy.seen import Seen, faults

SEED, CASES = 3, 700
NOT_OF_ONE_CASE: Final = {*get_args(StaffEvent), *get_args(UnitEvent), BankHolidayProclaimed, DigestEvent}
"""What no life of one case makes: the council's people and calendar, and a digest, which names many cases at once."""
ADD: Final = (
    "no life has it: add a step to deploy/simulation/steps/__init__.py, or a share to frequencies.toml"
)


@pytest.fixture(scope="module")
def seen() -> Seen:
    """What occurs in the lives of one seed. Each is looked at as it is lived, and is right."""
    setting, _ = opened()
    found = Seen()
    for life in lives(SEED, CASES, setting):
        assert list(faults(life)) == [], life.identity
        found.take(life)
    return found


def lacking(wanted: Iterable[Any], found: Iterable[Any]) -> tuple[list[Any], str]:
    """What isn't there, with what to do about it."""
    return sorted(set(wanted) - set(found)), ADD


NONE: Final[tuple[list[Any], str]] = ([], ADD)


def can_start(regime: Regime) -> set[str]:
    """The clocks that a life can set going: of an Ombudsman's procedure those whose letters the desk records.

    Days under an Ombudsman's procedure can't be recorded on a case, which is under the council's own.
    """
    clocks = [clock for clock in regime.clocks if regime.kind is not Kind.OMBUDSMAN or clock.given_date]
    return {clock.name for clock in clocks}


def test_what_a_step_asks_for_and_no_file_says_is_missed_by_its_name() -> None:
    [life] = lives(SEED, 1, opened()[0])
    for ask, file in (
        (life.chance, "frequencies.toml [chances]"),
        (life.days, "frequencies.toml [days]"),
        (life.words, "council.toml [words]"),
    ):
        with pytest.raises(LookupError, match=re.escape(f"{file} says nothing of 'luck'")):
            ask("luck")


def test_every_type_of_event_of_a_case_occurs(seen: Seen) -> None:
    wanted = {name for name, model in public().items() if model not in NOT_OF_ONE_CASE}
    assert lacking(wanted, (model.wire_name for model in seen.types)) == NONE


def test_every_command_of_a_person_is_given(seen: Seen) -> None:
    wanted = {each.command.verb for each in (*FOR_OFFICERS, *TO_CLOCKS, *TO_REFERRALS, *ABOUT_MESSAGES)}
    assert lacking(wanted, seen.commands) == NONE


def test_cases_of_every_regime_come_in(seen: Seen) -> None:
    assert lacking(load_rulebook().triable(), seen.of(Triaged, "regime")) == NONE
    assert set(load_frequencies().regimes) == set(load_rulebook().triable())


def test_every_clock_starts_and_with_it_every_stage(seen: Seen) -> None:
    regimes = load_regimes().values()
    wanted = {(regime.name, clock) for regime in regimes for clock in can_start(regime)}
    assert lacking(wanted, seen.of(ClockStarted, "regime", "clock")) == NONE
    stages = {(regime.name, stage.name) for regime in regimes for stage in regime.stages}
    reached = seen.of(ClockStarted, "regime", "stage") | seen.of(Triaged, "regime", "stage")
    beyond = {
        (each.name, clock.stage)
        for each in regimes
        for clock in each.clocks
        if clock.name not in can_start(each)
    }
    assert stages - reached <= beyond


def test_every_pause_restart_and_extension_is_made(seen: Seen) -> None:
    regimes = load_regimes().values()
    pauses = {(regime.name, pause.name) for regime in regimes for pause in regime.pauses}
    assert lacking(pauses, seen.of(ClockPaused, "regime", "kind")) == NONE
    restarts = {(regime.name, restart.name) for regime in regimes for restart in regime.restarts}
    assert lacking(restarts, seen.of(ClockRestarted, "regime", "kind")) == NONE
    extensions = {
        (regime.name, extension.clock)
        for regime in regimes
        for extension in regime.extensions
        if extension.clock in can_start(regime)
    }
    assert lacking(extensions, seen.of(ExtensionProposed, "regime", "clock")) == NONE


def test_every_backstop_is_met_by_an_answer_or_ended_by_an_acknowledgement(seen: Seen) -> None:
    regimes = load_regimes().values()
    backstops = {clock.name for regime in regimes for clock in regime.clocks if clock.stands_behind}
    assert lacking(backstops, seen.of(Met, "clock")) == NONE
    ends = seen.of(ClockStopped, "clock", "cause")
    assert lacking(((clock, SUPERSEDED) for clock in backstops), ends) == NONE


def test_every_recorded_day_every_reason_and_every_end_occurs(seen: Seen) -> None:
    regimes = [regime for regime in load_regimes().values() if regime.kind is not Kind.OMBUDSMAN]
    days = {day.name for regime in regimes for day in regime.base_dates}
    assert lacking(days, seen.of(BaseDateRecorded, "base")) == NONE
    assert lacking((cause.value for cause in MovedBy), seen.of(DueDateMoved, "cause")) == NONE
    grounds = {ground for regime in regimes for ground in regime.closing_grounds}
    assert lacking(grounds, seen.of(Closed, "ground")) == NONE
    assert lacking(PRIORITIES, seen.of(PrioritySet, "priority")) == NONE
    until = load_frequencies().until
    refused_to = {found.name for each in regimes if each.refusals and (found := each.ombudsman_on(until))}
    assert lacking(refused_to, seen.of(CaseRefused, "ombudsman")) == NONE
    grounds = {ground.name for regime in regimes for ground in regime.refusals}
    assert lacking(grounds, seen.of(CaseRefused, "ground")) == NONE


def test_every_ombudsman_takes_cases_up_and_every_letter_is_written(seen: Seen) -> None:
    assert lacking(load_vocabulary().names(), seen.of(ReferralOpened, "ombudsman")) == NONE
    assert lacking(set(load_letters()) - {MORNING_DIGEST}, seen.of(Requested, "purpose")) == NONE


def test_things_are_in_time_and_late_arrive_and_are_lost(seen: Seen) -> None:
    assert seen.of(Met, "late") == {True, False}
    assert seen.of(OutcomeSettled, "arrived") == {True, False}
    assert {"email", "post"} <= seen.of(Extended, "means")
    assert seen.of(CaseRefused, "means") == {"email", "post", "none"}
    assert "refusal" in seen.of(LetterNotSent, "purpose")
    assert ("request", "review") in seen.of(EscalationRequested, "from_stage", "stage")
