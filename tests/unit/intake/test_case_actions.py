"""What `/actions` offers is accepted, the rest is refused with the same reason: for any past of a case."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from services.intake.domain.case import FOR_OFFICERS, CaseState
from services.intake.domain.case.acknowledge import Acknowledge
from services.intake.domain.case.assign import Assign
from services.intake.domain.case.close import Close
from services.intake.domain.case.correct_receipt import CorrectReceipt
from services.intake.domain.case.letters import PURPOSES
from services.intake.domain.case.receive_contribution import ReceiveContribution
from services.intake.domain.case.record_base_date import RecordBaseDate
from services.intake.domain.case.record_referral import RecordReferral
from services.intake.domain.case.record_sent import RecordNotSent, RecordSent
from services.intake.domain.case.refuse import Refuse, RefuseWithoutNotice
from services.intake.domain.case.request_contribution import RequestContribution
from services.intake.domain.case.request_escalation import RequestEscalation
from services.intake.domain.case.respond import Respond
from services.intake.domain.case.set_contact_plan import SetContactPlan
from services.intake.domain.case.triage import Triage
from services.intake.domain.case.withdraw_contribution import WithdrawContribution
from shared.contracts.intake import CaseEvent
from shared.kit.decider import Offer, Refused
from shared.kit.decider import offers as offers_of
from shared.rules.regimes.rules import Means
from tests.unit.intake.cases import (
    CASE,
    COLLEAGUE,
    NOTIFICATION,
    NOW,
    OFFICER,
    RECEIVED,
    REFERRAL,
    RULES,
    TODAY,
    case,
    circumstances,
    opened,
)

Options = Mapping[str, tuple[Any, ...]]
Draw = Callable[[st.SearchStrategy[Any]], Any]


GROUNDS = {ground for name in RULES.triable() for ground in RULES.regimes[name].closing_grounds}


def any_of(values: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from(sorted(values))


def letter(draw: Draw, options: Options) -> dict[str, Any]:
    means = draw(any_of(options.get("means", tuple(Means))))
    return {"means": means, "subject": "S", "text": "T", "sent_on": None if means == "email" else TODAY}


REFUSALS = {ground.name for name in RULES.triable() for ground in RULES.in_force(name, TODAY).refusals}
KNOWN = {"regime": RULES.triable(), "ground": GROUNDS | REFUSALS, "means": tuple(Means)}
"""Values that some case is offered; a field that isn't here has no others than those that are."""
FIELDS: dict[type[Any], Callable[[Draw, Options], dict[str, Any]]] = {
    Triage: lambda draw, options: {
        "regime": draw(any_of(options.get("regime", RULES.triable()))),
        "restricted": draw(st.booleans()),
        "received_on": draw(st.sampled_from(options.get("received_on", (None,)))),
    },
    Refuse: lambda draw, options: {
        "ground": draw(any_of(options.get("ground", REFUSALS))),
        "considered": "C",
        **letter(draw, options),
    },
    RefuseWithoutNotice: lambda draw, options: {
        "ground": draw(any_of(options.get("ground", REFUSALS))),
        "considered": "C",
    },
    CorrectReceipt: lambda draw, _: {
        "received_on": RECEIVED - timedelta(days=draw(st.integers(0, 3))),
        "reason": "R",
    },
    Assign: lambda draw, _: {"department": draw(st.sampled_from(["parks", "housing"]))},
    Acknowledge: letter,
    Respond: lambda draw, options: {"outcome": "upheld", **letter(draw, options)},
    RequestContribution: lambda _, __: {
        "department": "parks",
        "question": "Q",
        "due_on": TODAY,
    },
    ReceiveContribution: lambda draw, options: {
        "contribution": draw(any_of(options.get("contribution", (1,)))),
        "text": "T",
        "received_on": TODAY,
    },
    WithdrawContribution: lambda draw, options: {
        "contribution": draw(any_of(options.get("contribution", (1,))))
    },
    RequestEscalation: lambda _, __: {"requested_on": TODAY},
    RecordBaseDate: lambda draw, options: {
        "base": draw(any_of(options.get("base", ("panel-met",)))),
        "on": draw(st.sampled_from([TODAY, date(2024, 1, 1)])),
    },
    SetContactPlan: lambda draw, _: {
        "safe_channels": tuple(draw(st.sets(st.sampled_from(["email", "post", "phone"]))))
    },
    Close: lambda draw, options: {"ground": draw(any_of(options.get("ground", GROUNDS)))},
}
"""What some commands are filled with; the rest by `plainly`."""
COMMANDS = {each.command.verb: each.command for each in FOR_OFFICERS}


def plainly(command: type[Any], draw: Draw, options: Options) -> dict[str, Any]:
    """What must be said, out of what is offered; a text is any text, a word any word."""
    return {
        name: draw(any_of(options[name])) if name in options else "t"
        for name, field in command.model_fields.items()
        if field.is_required()
    }


OUTSIDE: tuple[Callable[[Draw], Any], ...] = (
    lambda draw: RecordSent(
        purpose=draw(any_of(PURPOSES)),
        stage=draw(st.sampled_from(["stage1", "stage2", "request"])),
        sent_on=TODAY,
        notification=NOTIFICATION,
    ),
    lambda draw: RecordNotSent(
        purpose=draw(any_of(PURPOSES)),
        stage=draw(st.sampled_from(["stage1", "request"])),
        notification=NOTIFICATION,
    ),
    lambda _: RecordReferral(
        ombudsman="lgsco",
        referral=REFERRAL,
        their_reference="1",
        referred_on=TODAY,
    ),
)


def offers(state: CaseState, who: str) -> tuple[Offer, ...]:
    return offers_of(FOR_OFFICERS, state, circumstances(who))


def values(offer: Offer) -> Options:
    """The values of every field, whatever go together."""
    found: dict[str, tuple[Any, ...]] = {}
    for choice in offer.choices:
        found = {**found, **{name: (*found.get(name, ()), *some) for name, some in choice.values.items()}}
    return found


def drawn(draw: Draw, offer: Offer) -> Options:
    """Values that go together, with a day where a hint says between which days there is one."""
    if not offer.choices:
        return {}
    choice = draw(st.sampled_from(offer.choices))
    days = choice.hints.get("received_on")
    if days is None:
        return dict(choice.values)
    told = tuple(date.fromisoformat(days[name]) for name in ("earliest", "latest"))
    return {**choice.values, "received_on": told if days["required"] else (*told, None)}


def made(draw: Draw, verb: str, options: Options) -> Any:
    """A well-formed command of this verb, with values out of the options."""
    command = COMMANDS[verb]
    fill = FIELDS.get(command)
    return command(**(fill(draw, options) if fill else plainly(command, draw, options)))


def past(draw: Draw) -> CaseState:
    """A state that a case can come to, by commands that were accepted."""
    state = CASE.fold([opened(email=draw(st.booleans()))])
    for _ in range(draw(st.integers(0, 14))):
        who = draw(st.sampled_from([OFFICER, COLLEAGUE]))
        offered = [offer for offer in offers(state, who) if offer.refused is None]
        turn = draw(st.integers(0, len(offered) + len(OUTSIDE) - 1))
        if turn < len(offered):
            command = made(draw, offered[turn].verb, drawn(draw, offered[turn]))
        else:
            command = OUTSIDE[turn - len(offered)](draw)
        events: tuple[CaseEvent, ...] = case(who).decide(command, state)
        for event in events:
            state = CASE.evolve(state, event)
    return state


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_what_is_offered_is_accepted_and_the_rest_refused_for_the_same_reason(data: st.DataObject) -> None:
    state = past(data.draw)
    who = data.draw(st.sampled_from([OFFICER, COLLEAGUE]))
    shown = offers(state, who)
    assert [offer.verb for offer in shown] == [each.command.verb for each in FOR_OFFICERS]
    for offer in shown:
        command = made(data.draw, offer.verb, drawn(data.draw, offer))
        if offer.refused is None:
            case(who).decide(command, state)
            continue
        with pytest.raises(Refused) as refused:
            case(who).decide(command, state)
        assert (refused.value.code, refused.value.citation) == (offer.refused.code, offer.refused.citation)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_value_that_is_not_offered_is_refused(data: st.DataObject) -> None:
    state = past(data.draw)
    for offer in offers(state, OFFICER):
        for name, offered in values(offer).items():
            made_up = "nonsense" if isinstance(offered[0], str) else len(offered) + 1000
            for value in {*KNOWN.get(name, ()), made_up} - set(offered):
                command = made(data.draw, offer.verb, drawn(data.draw, offer)).model_dump()
                told = (value,) if isinstance(command[name], tuple) else value
                with pytest.raises((Refused, ValidationError)):
                    CASE.decide(COMMANDS[offer.verb].model_validate({**command, name: told}), state)


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_nothing_that_is_offered_may_have_happened_tomorrow(data: st.DataObject) -> None:
    state = past(data.draw)
    for offer in offers(state, OFFICER):
        if offer.refused is None:
            command = made(data.draw, offer.verb, drawn(data.draw, offer))
            with pytest.raises(Refused, match="future"):
                CASE.decide(command.model_copy(update={"happened_at": NOW + timedelta(days=1)}), state)
