"""Cases to begin a spec with: short ways to write a past, and commands that are right where nothing is said."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid5

from services.intake.application.rulebook import load_rulebook
from services.intake.domain.case import CaseDecider, Given, case_decider
from services.intake.domain.case.acknowledge import Acknowledge
from services.intake.domain.case.refuse import Refuse
from services.intake.domain.case.respond import Respond
from services.intake.domain.unit_seen import UnitSeen
from shared.contracts import intake
from shared.kit.events import NAMESPACE, Plain, SealedBlob

RULES = load_rulebook()
NOW = datetime(2026, 3, 20, 10, 30, tzinfo=UTC)
TODAY = date(2026, 3, 20)
RECEIVED = date(2026, 3, 2)
CUSTOMER = uuid5(NAMESPACE, "test customer")
HOUSING, PARKS = uuid5(NAMESPACE, "test housing"), uuid5(NAMESPACE, "test parks")
NOTIFICATION = uuid5(NAMESPACE, "test notification")
REFERRAL = uuid5(NAMESPACE, "test referral")
OFFICER = f"person:{uuid5(NAMESPACE, 'test officer')}"
COLLEAGUE = f"person:{uuid5(NAMESPACE, 'test colleague')}"


UNITS = {"parks": UnitSeen(PARKS, "Parks"), "housing": UnitSeen(HOUSING, "Housing")}


def circumstances(
    who: str = OFFICER, units: Mapping[str, UnitSeen] | None = None, now: datetime = NOW
) -> Given:
    """An officer decides now."""
    return Given(now=now, who=who, rules=RULES, units=UNITS if units is None else units)


def case(who: str = OFFICER, units: Mapping[str, UnitSeen] | None = None, now: datetime = NOW) -> CaseDecider:
    """The rules of a case as that officer meets them."""
    return case_decider(circumstances(who, units, now))


CASE = case()


def mine(text: str) -> Plain:
    """A text that belongs to the customer."""
    return Plain(text, CUSTOMER)


def blob() -> SealedBlob:
    """An original as it would have been stored."""
    return SealedBlob(key_id=CUSTOMER, sha256="0" * 64, size=2, media_type="application/json")


def opened(*, email: bool = True, received_on: date = RECEIVED, doubtful: bool = False) -> intake.CaseOpened:
    """A contact became a case."""
    return intake.CaseOpened(
        reference="CR-2026-000001",
        channel="web",
        adapter="json",
        sender="system:crm",
        receipt=intake.Receipt(received_on=received_on, precision="day", said_by="sender", doubtful=doubtful),
        customer=intake.Customer(person_id=CUSTOMER, email=mine("ada@example.org") if email else None),
        text=mine("The bin was not emptied."),
        original=blob(),
    )


def triaged(
    regime: str = "corporate",
    *,
    previous: str | None = None,
    restricted: bool = False,
    received_on: date = RECEIVED,
) -> intake.Triaged:
    """It came under a regime, in its first stage."""
    rules = RULES.in_force(regime, received_on)
    return intake.Triaged(
        regime=regime,
        regime_version=rules.version,
        stage=rules.stages[0].name,
        received_on=received_on,
        previous_regime=previous,
        restricted=restricted,
    )


def acknowledged(stage: str = "stage1", on: date = date(2026, 3, 5)) -> intake.Acknowledged:
    """The acknowledgement left."""
    return intake.Acknowledged(stage=stage, sent_on=on, means="email", notification=NOTIFICATION)


def response_issued(stage: str = "stage1", who: str = OFFICER) -> intake.ResponseIssued:
    """The answer was written and handed on."""
    return intake.ResponseIssued(
        stage=stage,
        outcome="upheld",
        means="email",
        subject=mine("Your complaint"),
        text=mine("We are sorry."),
        answered_by=who,
    )


def responded(stage: str = "stage1", on: date = date(2026, 3, 16)) -> intake.Responded:
    """The answer left."""
    return intake.Responded(stage=stage, sent_on=on, means="email", notification=NOTIFICATION)


def requested(number: int = 1, department: UUID = PARKS) -> intake.ContributionRequested:
    """A department was asked for its part."""
    return intake.ContributionRequested(
        contribution=number,
        department_id=department,
        department_name="Parks",
        question=mine("Why?"),
        due_on=date(2026, 3, 25),
    )


def closed(ground: str = "answered") -> intake.Closed:
    """The case ended."""
    return intake.Closed(ground=ground, closed_on=date(2026, 3, 17))


def acknowledge(**fields: Any) -> Acknowledge:
    """The officer acknowledges by email."""
    return Acknowledge(**{"means": "email", "subject": "Received", "text": "Thank you.", **fields})


def respond(**fields: Any) -> Respond:
    """The officer answers by email."""
    return Respond(
        **{"outcome": "upheld", "means": "email", "subject": "Answer", "text": "We are sorry.", **fields}
    )


def refuse(**fields: Any) -> Refuse:
    """The officer refuses by email."""
    return Refuse(
        **{
            "ground": "already-considered",
            "means": "email",
            "subject": "Not accepted",
            "text": "We can't look into it.",
            **fields,
        }
    )


def refusal_issued(regime: str, ground: str, **fields: Any) -> intake.RefusalIssued:
    """The refusal was written and handed on, as the regime's data say."""
    rules = RULES.in_force(regime, RECEIVED)
    (found,) = [each for each in rules.refusals if each.name == ground]
    return intake.RefusalIssued(
        **{
            "stage": found.stage,
            "ground": ground,
            "citation": found.citation,
            "ombudsman": rules.ombudsman,
            "means": "email",
            "subject": mine("Not accepted"),
            "text": mine("We can't look into it."),
            "answered_by": OFFICER,
            **fields,
        }
    )


def case_refused(issued: intake.RefusalIssued, on: date, **fields: Any) -> intake.CaseRefused:
    """That refusal left."""
    return intake.CaseRefused(
        **{
            "stage": issued.stage,
            "ground": issued.ground,
            "citation": issued.citation,
            "ombudsman": issued.ombudsman,
            "sent_on": on,
            "means": issued.means,
            **fields,
        }
    )
