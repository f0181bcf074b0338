"""What `/actions` offers is accepted, the rest is refused with the same reason: for any past of a case."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.intake.domain.case import CaseState, offers
from services.intake.domain.case import commands as c
from services.intake.domain.case.policy import ACTIONS, CLOSING_GROUNDS, Options
from shared.kit.decider import Refused
from shared.kit.events import Event
from tests.unit.intake.cases import (
    CASE,
    COLLEAGUE,
    HOUSING,
    NOTIFICATION,
    NOW,
    OFFICER,
    PARKS,
    REFERRAL,
    RULES,
    TODAY,
    opened,
)

Draw = Callable[[st.SearchStrategy[Any]], Any]


def any_of(values: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from(sorted(values))


def letter(draw: Draw, options: Options) -> dict[str, Any]:
    means = draw(any_of(options.get("means", ("email", "post"))))
    return {"means": means, "subject": "S", "text": "T", "sent_on": TODAY if means == "post" else None}


FIELDS: dict[type[Any], Callable[[Draw, Options], dict[str, Any]]] = {
    c.Triage: lambda draw, options: {
        "regime": draw(any_of(options.get("regime", RULES.triable()))),
        "restricted": draw(st.booleans()),
    },
    c.Refuse: lambda draw, options: {
        "regime": draw(any_of(options.get("regime", RULES.refusable()))),
        "ground": "out-of-time",
        "reason": "R",
    },
    c.Assign: lambda draw, _: {
        "department_id": draw(st.sampled_from([PARKS, HOUSING])),
        "department_name": "D",
    },
    c.Acknowledge: letter,
    c.Respond: lambda draw, options: {"outcome": "upheld", **letter(draw, options)},
    c.RequestContribution: lambda _, __: {
        "department_id": PARKS,
        "department_name": "Parks",
        "question": "Q",
        "due_on": TODAY,
    },
    c.ReceiveContribution: lambda draw, options: {
        "contribution": int(draw(any_of(options.get("contribution", ("1",))))),
        "text": "T",
        "received_on": TODAY,
    },
    c.WithdrawContribution: lambda draw, options: {
        "contribution": int(draw(any_of(options.get("contribution", ("1",)))))
    },
    c.RequestEscalation: lambda _, __: {"requested_on": TODAY},
    c.RecordBaseDate: lambda draw, options: {
        "base": draw(any_of(options.get("base", ("panel-met",)))),
        "on": TODAY,
    },
    c.SetContactPlan: lambda draw, _: {
        "safe_channels": tuple(draw(st.sets(st.sampled_from(["email", "post", "phone"]))))
    },
    c.AddNote: lambda _, __: {"text": "N"},
    c.Close: lambda draw, options: {"ground": draw(any_of(options.get("ground", CLOSING_GROUNDS)))},
    c.Reopen: lambda _, __: {},
}
COMMANDS = {command.kind: command for command in FIELDS}
OUTSIDE: tuple[Callable[[Draw], Any], ...] = (
    lambda draw: c.RecordSent(
        now=NOW,
        happened_at=NOW,
        who="service:intake",
        purpose=draw(st.sampled_from(["acknowledgement", "response"])),
        stage=draw(st.sampled_from(["stage1", "stage2", "request"])),
        sent_on=TODAY,
        notification=NOTIFICATION,
    ),
    lambda draw: c.RecordNotSent(
        now=NOW,
        happened_at=NOW,
        who="service:intake",
        purpose=draw(st.sampled_from(["acknowledgement", "response"])),
        stage="stage1",
        notification=NOTIFICATION,
    ),
    lambda _: c.RecordReferral(
        now=NOW,
        happened_at=NOW,
        who="service:intake",
        ombudsman="lgsco",
        referral=REFERRAL,
        their_reference="1",
        referred_on=TODAY,
    ),
)


def made(draw: Draw, kind: str, options: Options, who: str) -> Any:
    """A well-formed command of this kind, with values out of the options."""
    command = COMMANDS[kind]
    return command(now=NOW, happened_at=NOW, who=who, **FIELDS[command](draw, options))


def past(draw: Draw) -> CaseState:
    """A state that a case can come to, by commands that were accepted."""
    state = CASE.fold([opened(email=draw(st.booleans()))])
    for _ in range(draw(st.integers(0, 14))):
        who = draw(st.sampled_from([OFFICER, COLLEAGUE]))
        offered = [offer for offer in offers(state, RULES, who) if offer.refused is None]
        turn = draw(st.integers(0, len(offered) + len(OUTSIDE) - 1))
        if turn < len(offered):
            command = made(draw, offered[turn].kind, offered[turn].options, who)
        else:
            command = OUTSIDE[turn - len(offered)](draw)
        events: tuple[Event, ...] = CASE.decide(command, state)
        for event in events:
            state = CASE.evolve(state, event)
    return state


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_what_is_offered_is_accepted_and_the_rest_refused_for_the_same_reason(data: st.DataObject) -> None:
    state = past(data.draw)
    who = data.draw(st.sampled_from([OFFICER, COLLEAGUE]))
    shown = offers(state, RULES, who)
    assert [offer.kind for offer in shown] == list(ACTIONS)
    for offer in shown:
        command = made(data.draw, offer.kind, offer.options, who)
        if offer.refused is None:
            CASE.decide(command, state)
            continue
        with pytest.raises(Refused) as refused:
            CASE.decide(command, state)
        assert (refused.value.code, refused.value.citation) == (offer.refused.code, offer.refused.citation)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_value_that_is_not_offered_is_refused(data: st.DataObject) -> None:
    state = past(data.draw)
    everything: dict[str, tuple[str, tuple[str, ...]]] = {
        "triage": ("regime", (*RULES.triable(), "nonsense")),
        "refuse": ("regime", (*RULES.refusable(), "nonsense")),
        "acknowledge": ("means", ("email", "post")),
        "respond": ("means", ("email", "post")),
        "close": ("ground", (*CLOSING_GROUNDS, "nonsense")),
    }
    for offer in offers(state, RULES, OFFICER):
        name, values = everything.get(offer.kind, ("", ()))
        for value in set(values) - set(offer.options.get(name, ())):
            made_up = made(data.draw, offer.kind, {name: (value,)}, OFFICER)
            with pytest.raises(Refused):
                CASE.decide(made_up, state)


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_nothing_that_is_offered_may_have_happened_tomorrow(data: st.DataObject) -> None:
    state = past(data.draw)
    for offer in offers(state, RULES, OFFICER):
        if offer.refused is None:
            command = made(data.draw, offer.kind, offer.options, OFFICER)
            with pytest.raises(Refused, match="future"):
                CASE.decide(replace(command, happened_at=NOW + timedelta(days=1)), state)
