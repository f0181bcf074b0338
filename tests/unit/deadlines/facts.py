"""What other services record of a case, in a few words; each fact stands behind those that were made before it."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import Any, Final
from uuid import UUID

from services.deadlines.domain.clock.names import CONTRIBUTION, Fact
from shared.contracts.deadlines import FactNoted
from shared.rules.regimes import load_regimes

CASE: Final = "case-00000000-0000-0000-0000-000000000001"
REFERRAL: Final = "ombudsman-1"
CUSTOMER: Final = UUID("00000000-0000-0000-0000-0000000000c1")
HOUSING_DEPARTMENT: Final = UUID("00000000-0000-0000-0000-0000000000d1")
PLACES = count(1)
"""In the stream of the case."""


def fact(kind: Fact, on: date, **fields: Any) -> FactNoted:
    """The next fact of the case's stream."""
    return FactNoted(fact=kind, origin=CASE, sequence=next(PLACES), on=on, **fields)


def opened(on: date, *, historic: bool = False) -> FactNoted:
    """The case is opened."""
    return fact(Fact.OPENED, on, reference="CASE-2026-000001", person_id=CUSTOMER, historic=historic)


def triaged(
    regime: str, received: date, *, version: str | None = None, school: str = "oakfield"
) -> FactNoted:
    """The case goes under a regime, in the version of the day of receipt, at a school where it counts its days."""
    regimes = load_regimes()
    rules = regimes.version(regime, version) if version else regimes.in_force(regime, received)
    return fact(
        Fact.TRIAGED,
        received,
        regime=regime,
        regime_version=rules.version,
        stage=rules.stages[0].name,
        school=school if rules.needs_school else "",
    )


def received(regime: str, on: date) -> tuple[FactNoted, FactNoted]:
    """A case that came in that day and goes under that regime."""
    return opened(on), triaged(regime, on)


def corrected(regime: str, on: date) -> FactNoted:
    """An officer found that it was received that day."""
    return fact(Fact.CORRECTED, on, regime_version=load_regimes().in_force(regime, on).version)


def happened(trigger: str, on: date, about: str = "") -> FactNoted:
    """Something that clocks count from, or wait for."""
    return fact(Fact.HAPPENED, on, trigger=trigger, about=about)


def asked_for(contribution: int, on: date, due: date) -> FactNoted:
    """A department is asked for its part."""
    return fact(
        Fact.ASKED,
        on,
        clock=CONTRIBUTION,
        about=f"{CONTRIBUTION}:{contribution}",
        number=contribution,
        due_on=due,
        department_id=HOUSING_DEPARTMENT,
    )


def closed(on: date) -> FactNoted:
    """The case is at its end."""
    return fact(Fact.ENDED, on, cause="closed")


def reopened(on: date) -> FactNoted:
    """The case goes on."""
    return fact(Fact.REOPENED, on)


def enquiry(number: int, letter: date, due: date | None = None) -> FactNoted:
    """The Ombudsman asks for something."""
    return of_referral(
        Fact.ASKED,
        letter,
        f"1:{number}",
        regime="lgsco",
        regime_version="2008-04",
        clock="enquiry_response",
        due_on=due,
    )


def of_referral(kind: Fact, on: date, about: str, **fields: Any) -> FactNoted:
    """The next fact of the Ombudsman's stream: about an enquiry, or all of the referral."""
    return FactNoted(fact=kind, origin=REFERRAL, sequence=next(PLACES), on=on, about=about, **fields)
