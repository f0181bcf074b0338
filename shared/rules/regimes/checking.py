"""Whether the parts of a regime fit each other: every name that is used is one that is given. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from shared.rules.regimes.arithmetic import ARITHMETICS
from shared.rules.regimes.rules import Kind, LetterKind, Regime, Reminded, Role, Trigger

RECEIVED = "received"
EVENTS_OF_A_STAGE = {"acknowledged", "responded", "escalation-requested"}
AT_SCHOOL = {name for name, arithmetic in ARITHMETICS.items() if arithmetic.at_school}
PAUSABLE = {name: arithmetic.pausable for name, arithmetic in ARITHMETICS.items()}


def faults(regime: Regime) -> Iterator[str]:
    for rule in (
        _names,
        _clocks,
        _counting,
        _schools,
        _backstops,
        _pauses,
        _restarts,
        _extensions,
        _letters,
        _refusals,
    ):
        yield from rule(regime)


def _names(regime: Regime) -> Iterator[str]:
    groups: dict[str, Iterable[str]] = {
        "stages": (stage.name for stage in regime.stages),
        "clocks": (clock.name for clock in regime.clocks),
        "pauses": (pause.name for pause in regime.pauses),
        "restarts": (restart.name for restart in regime.restarts),
        "extensions": (extension.name for extension in regime.extensions),
        "letters": (letter.name for letter in regime.letters),
        "refusals": (ground.name for ground in regime.refusals),
        "base_dates": (base.name for base in regime.base_dates),
    }
    for group, names in groups.items():
        listed = list(names)
        yield from (f"{group} {name} stands twice" for name in set(listed) if listed.count(name) > 1)
    if (regime.without_clock is None) == (not regime.clocks):
        yield "a regime has either clocks or without_clock"
    for key in ("means", "closing_grounds"):
        if (regime.kind is Kind.OMBUDSMAN) == bool(getattr(regime, key)):
            yield f"a regime of the council's own has {key}, an Ombudsman's has none"
    if regime.kind is Kind.NONE and regime.clocks:
        yield "a regime of kind none has no clocks"
    if regime.begins_anew is not None and {regime.kind, Kind.OMBUDSMAN} & {*regime.begins_anew.kinds}:
        yield "a matter begins anew under another kind of regime, and under none of an Ombudsman's"
    stages = {stage.name for stage in regime.stages}
    yield from (
        f"stage {stage.name} leads to the unknown {stage.next}"
        for stage in regime.stages
        if stage.next not in {None, *stages}
    )


def _clocks(regime: Regime) -> Iterator[str]:
    stages = {stage.name for stage in regime.stages}
    recorded = {RECEIVED, *(base.name for base in regime.base_dates)}
    recorded |= {name for pause in regime.pauses for name in (pause.begins, pause.ends)}
    recorded |= {restart.base for restart in regime.restarts}

    def known(trigger: Trigger) -> bool:
        if trigger.stage is None:
            return trigger.event in recorded
        return trigger.stage in stages and trigger.event in EVENTS_OF_A_STAGE

    for clock in regime.clocks:
        if clock.stage not in stages:
            yield f"clock {clock.name} has the unknown stage {clock.stage}"
        triggers = [*clock.base, *([clock.met_by] if clock.met_by else [])]
        yield from (f"clock {clock.name}: unknown {trigger}" for trigger in triggers if not known(trigger))
        if clock.role.owed != bool(clock.ladder):
            yield f"clock {clock.name}: a duty or a backstop has a ladder, a limit has none"
        if clock.ladder and (
            clock.ladder[-1].to is not Reminded.HEAD_OF_SERVICE or clock.ladder[-1].offset < 1
        ):
            yield f"clock {clock.name}: its ladder ends with the head of service, after the date"
        if clock.role.owed and clock.met_by is None:
            yield f"clock {clock.name}: what is owed is met by something"


def _counting(regime: Regime) -> Iterator[str]:
    for clock in regime.clocks:
        if clock.arithmetic not in ARITHMETICS:
            yield f"clock {clock.name}: there is no arithmetic {clock.arithmetic!r}"
        elif clock.unit != ARITHMETICS[clock.arithmetic].unit:
            yield f"clock {clock.name}: {clock.arithmetic} doesn't count {clock.unit}"
        if clock.length < 1:
            yield f"clock {clock.name}: length must be at least 1"


def _schools(regime: Regime) -> Iterator[str]:
    clocks = {clock.name: clock for clock in regime.clocks}
    at_school = {clock.name for clock in regime.clocks if clock.arithmetic in AT_SCHOOL}
    if regime.needs_school != bool(at_school):
        yield "needs_school goes with a clock that counts a school's days"
    for clock in regime.clocks:
        if clock.at_most is None:
            continue
        latest = clocks.get(clock.at_most)
        if latest is None:
            yield f"clock {clock.name} is at most the unknown clock {clock.at_most}"
        elif latest.base != clock.base or latest.name in at_school or clock.name not in at_school:
            yield f"clock {clock.name}: only a count of school days is at most a clock of plain days from the same day"


def _backstops(regime: Regime) -> Iterator[str]:
    clocks = {clock.name: clock for clock in regime.clocks}
    for clock in regime.clocks:
        if (clock.role is Role.BACKSTOP) != (clock.stands_behind is not None):
            yield f"clock {clock.name}: a backstop stands behind a clock, nothing else does"
        elif clock.stands_behind is not None:
            front = clocks.get(clock.stands_behind)
            if front is None:
                yield f"clock {clock.name} stands behind the unknown clock {clock.stands_behind}"
            elif front.role is not Role.DUTY or front.met_by != clock.met_by:
                yield f"clock {clock.name} stands behind {front.name}, which is no duty met by {clock.met_by}"
    acknowledged = any(clock.met_by and clock.met_by.event == "acknowledged" for clock in regime.clocks)
    if regime.answering_acknowledges is not None and not acknowledged:
        yield "answering_acknowledges, and no clock waits for an acknowledgement"


def _pauses(regime: Regime) -> Iterator[str]:
    clocks = {clock.name: clock for clock in regime.clocks}
    for pause in regime.pauses:
        for name in pause.clocks:
            if name not in clocks:
                yield f"pause {pause.name} has the unknown clock {name}"
            elif PAUSABLE.get(clocks[name].arithmetic) is not pause.counts:
                yield f"pause {pause.name}: {clocks[name].arithmetic} can't take out {pause.counts}"
        yield from (
            f"pause {pause.name} has the unknown clock {name}"
            for name in {pause.ask_by, pause.end_by} - {None, *clocks}
        )
        if pause.end_by in clocks and Trigger(pause.begins) not in clocks[pause.end_by].base:
            yield f"pause {pause.name}: {pause.end_by} doesn't count from {pause.begins}"
    paused = [name for pause in regime.pauses for name in pause.clocks]
    yield from (f"clock {name} has two kinds of pause" for name in set(paused) if paused.count(name) > 1)


def _restarts(regime: Regime) -> Iterator[str]:
    clocks = {clock.name: clock for clock in regime.clocks}
    for restart in regime.restarts:
        for name in restart.clocks:
            if name not in clocks:
                yield f"restart {restart.name} has the unknown clock {name}"
            elif Trigger(restart.base) not in clocks[name].base:
                yield f"restart {restart.name}: {name} doesn't count from {restart.base}"
        if restart.ask_by not in {None, *clocks}:
            yield f"restart {restart.name} has the unknown clock {restart.ask_by}"


def _extensions(regime: Regime) -> Iterator[str]:
    clocks = {clock.name: clock for clock in regime.clocks}
    letters = {letter.name for letter in regime.letters}
    for extension in regime.extensions:
        named = {extension.clock, extension.notice_latest, extension.ceiling} - {None}
        yield from (
            f"extension {extension.name} has the unknown clock {name}" for name in named - set(clocks)
        )
        if extension.letter not in {None, *letters}:
            yield f"extension {extension.name} has the unknown letter {extension.letter}"
        if len({clocks[name].base for name in named if name in clocks}) > 1:
            yield f"extension {extension.name}: its clocks count from different days"
    extended = [extension.clock for extension in regime.extensions]
    yield from (f"clock {name} has two extensions" for name in set(extended) if extended.count(name) > 1)


def _letters(regime: Regime) -> Iterator[str]:
    stages = {stage.name for stage in regime.stages}
    clocks = {clock.name for clock in regime.clocks}
    acknowledged = {
        clock.stage: clock.name
        for clock in regime.clocks
        if clock.role is Role.DUTY and clock.met_by and clock.met_by.event == "acknowledged"
    }
    for letter in regime.letters:
        if letter.stage not in stages:
            yield f"letter {letter.name} has the unknown stage {letter.stage}"
        if letter.latest not in {None, *clocks}:
            yield f"letter {letter.name} has the unknown clock {letter.latest}"
        meets = acknowledged.get(letter.stage)
        if letter.kind is LetterKind.ACKNOWLEDGEMENT and meets not in {None, letter.latest}:
            yield f"letter {letter.name} acknowledges: its latest is {meets}"


def _refusals(regime: Regime) -> Iterator[str]:
    stages = {stage.name for stage in regime.stages}
    letters = {letter.name: letter.stage for letter in regime.letters if letter.kind is LetterKind.REFUSAL}
    limits = {
        clock.name
        for clock in regime.clocks
        if clock.role is Role.LIMIT
        and clock.arithmetic in ARITHMETICS
        and ARITHMETICS[clock.arithmetic].region is None
        and [str(trigger) for trigger in clock.base] in [[base.name] for base in regime.base_dates]
    }
    for ground in regime.refusals:
        if ground.stage not in stages:
            yield f"refusal {ground.name} has the unknown stage {ground.stage}"
        if ground.letter is None and ground.considered is None:
            yield f"refusal {ground.name}: where no notice is owed, why has to be considered"
        if ground.letter is not None and letters.get(ground.letter) != ground.stage:
            yield f"refusal {ground.name}: its stage has no refusal letter {ground.letter}"
        if ground.limit not in {None, *limits}:
            yield f"refusal {ground.name}: {ground.limit} is no limit that counts months from a recorded day"
    told = {ground.letter for ground in regime.refusals}
    yield from (f"letter {name} refuses on no ground" for name in letters if name not in told)
    speaks = regime.refusals or any(letter.names_ombudsman for letter in regime.letters)
    if speaks and not regime.ombudsman:
        yield "a regime names the ombudsman of whom its refusals and its letters speak"
