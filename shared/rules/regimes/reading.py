"""From the text of a regime file to a `Regime`: every key known, every citation there. Pure."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from typing import Any

from shared.rules.regimes.arithmetic import ARITHMETICS
from shared.rules.regimes.checking import check
from shared.rules.regimes.rules import (
    BaseDate,
    ChecklistItem,
    Clock,
    Counts,
    Extension,
    Kind,
    Letter,
    LetterKind,
    Pause,
    RefusalGround,
    Regime,
    Requirement,
    Restart,
    Role,
    Rung,
    Stage,
    Trigger,
)
from shared.rules.regimes.section import RegimeFileError, Section

Ladders = Mapping[str, tuple[Rung, ...]]


def read_regime(where: str, text: str) -> Regime:
    """A regime from its file. `where` names the file in errors. Raises `RegimeFileError`."""
    try:
        whole = Section(where, tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise RegimeFileError(f"{where}: {error}") from error
    ladders = {name: _ladder(whole, name, rungs) for name, rungs in whole.table("ladders").items()}
    regime = Regime(
        name=whole.text("regime"),
        title=whole.text("title"),
        kind=whole.one_of("kind", Kind),
        version=whole.text("version"),
        effective_from=whole.day("effective_from"),
        citation=whole.text("citation"),
        prevails=whole.text("prevails"),
        without_pause=whole.text("without_pause"),
        without_clock=whole.optional_text("without_clock"),
        ombudsman=whole.optional_text("ombudsman"),
        stages=tuple(_stage(part) for part in whole.sections("stages")),
        base_dates=tuple(_base_date(part) for part in whole.sections("base_dates")),
        clocks=tuple(_clock(part, ladders) for part in whole.sections("clocks")),
        pauses=tuple(_pause(part) for part in whole.sections("pauses")),
        restarts=tuple(_restart(part) for part in whole.sections("restarts")),
        extensions=tuple(_extension(part) for part in whole.sections("extensions")),
        letters=tuple(_letter(part) for part in whole.sections("letters")),
        refusals=tuple(_refusal(part) for part in whole.sections("refusals")),
    )
    whole.close()
    check(where, regime)
    return regime


def _ladder(whole: Section, name: str, rungs: Any) -> tuple[Rung, ...]:
    if not isinstance(rungs, list):
        raise whole.wrong(f"ladder {name} must be a list")
    parts = [Section(f"{whole.where} ladder {name}", rung) for rung in rungs]
    ladder = tuple(Rung(part.whole("offset"), part.text("to")) for part in parts)
    for part in parts:
        part.close()
    if not ladder or list(ladder) != sorted(ladder, key=lambda rung: rung.offset):
        raise whole.wrong(f"ladder {name} must have rungs in order")
    return ladder


def _trigger(text: str) -> Trigger:
    stage, colon, event = text.rpartition(":")
    return Trigger(event, stage) if colon else Trigger(text)


def _stage(part: Section) -> Stage:
    stage = Stage(
        name=part.text("name"),
        title=part.text("title"),
        citation=part.text("citation"),
        next=part.optional_text("next"),
        fresh_eyes=part.flag("fresh_eyes"),
    )
    part.close()
    return stage


def _base_date(part: Section) -> BaseDate:
    base = BaseDate(part.text("name"), part.text("title"))
    part.close()
    return base


def _clock(part: Section, ladders: Ladders) -> Clock:
    met_by, ladder = part.optional_text("met_by"), part.optional_text("ladder")
    if ladder is not None and ladder not in ladders:
        raise part.wrong(f"there is no ladder {ladder!r}")
    clock = Clock(
        name=part.text("name"),
        title=part.text("title"),
        stage=part.text("stage"),
        role=part.one_of("role", Role),
        base=tuple(_trigger(text) for text in part.texts("base")),
        met_by=None if met_by is None else _trigger(met_by),
        length=part.whole("length"),
        arithmetic=part.text("arithmetic"),
        citation=part.text("citation"),
        in_force=part.optional_day("in_force"),
        given_date=part.flag("given_date"),
        ladder=() if ladder is None else ladders[ladder],
    )
    unit = part.text("unit")
    part.close()
    if clock.arithmetic not in ARITHMETICS:
        raise part.wrong(f"there is no arithmetic {clock.arithmetic!r}")
    if unit != ARITHMETICS[clock.arithmetic].unit:
        raise part.wrong(f"{clock.arithmetic} doesn't count {unit}")
    if clock.length < 1:
        raise part.wrong("length must be at least 1")
    return clock


def _pause(part: Section) -> Pause:
    pause = Pause(
        name=part.text("name"),
        title=part.text("title"),
        clocks=part.texts("clocks"),
        counts=part.one_of("counts", Counts),
        begins=part.text("begins"),
        ends=part.text("ends"),
        citation=part.text("citation"),
        ask_by=part.optional_text("ask_by"),
        end_by=part.optional_text("end_by"),
        in_force=part.optional_day("in_force"),
    )
    part.close()
    return pause


def _restart(part: Section) -> Restart:
    restart = Restart(
        name=part.text("name"),
        title=part.text("title"),
        clocks=part.texts("clocks"),
        asked=part.text("asked"),
        base=part.text("base"),
        citation=part.text("citation"),
        ask_by=part.optional_text("ask_by"),
    )
    part.close()
    return restart


def _extension(part: Section) -> Extension:
    wanted = part.texts("requires")
    try:
        requires = tuple(Requirement(text) for text in wanted)
    except ValueError as error:
        raise part.wrong(str(error)) from error
    extension = Extension(
        name=part.text("name"),
        title=part.text("title"),
        clock=part.text("clock"),
        ceiling=part.optional_text("ceiling"),
        notice_latest=part.text("notice_latest"),
        requires=requires,
        citation=part.text("citation"),
        letter=part.optional_text("letter"),
        guidance_only=part.flag("guidance_only"),
    )
    part.close()
    return extension


def _letter(part: Section) -> Letter:
    items = []
    for item in part.sections("contains"):
        items.append(ChecklistItem(item.text("name"), item.text("text")))
        item.close()
    letter = Letter(
        name=part.text("name"),
        title=part.text("title"),
        kind=part.one_of("kind", LetterKind),
        stage=part.text("stage"),
        citation=part.text("citation"),
        contains=tuple(items),
        demanded=part.flag("demanded"),
        latest=part.optional_text("latest"),
    )
    part.close()
    if not letter.contains:
        raise part.wrong("a letter must contain something")
    return letter


def _refusal(part: Section) -> RefusalGround:
    ground = RefusalGround(
        name=part.text("name"),
        title=part.text("title"),
        stage=part.text("stage"),
        citation=part.text("citation"),
        letter=part.optional_text("letter"),
        limit=part.optional_text("limit"),
        considered=part.optional_text("considered"),
    )
    part.close()
    return ground
