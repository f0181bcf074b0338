"""No literal of law in Python: what a regime, the policy or the calendar says stands in their files alone.

Each rule is a way to find its kind of literal in a module, and stands beside the code that it would have caught.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Final

import pytest

import shared.rules.regimes.rules as regime_rules
from shared.rules.regimes import load_regimes
from shared.rules.regimes.policy import load_policy
from shared.rules.regimes.rules import Means
from shared.rules.regulators import load_regulators
from shared.rules.tables import Table
from tests.unit.test_house_rules import ROOT, SOURCES, docstrings

Find = Callable[[ast.Module], Iterator[ast.expr]]

DEMONSTRATION: Final = "deploy/demo/"
"""It speaks of cases under certain regimes, as an officer would."""
RULES: Final = "shared/rules/"
"""Where the data are read, and counted by."""


def _texts(module: ast.Module) -> Iterator[ast.Constant]:
    spoken = docstrings(module)
    for node in ast.walk(module):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in spoken:
            yield node


def _calls(module: ast.Module) -> Iterator[ast.Call]:
    return (node for node in ast.walk(module) if isinstance(node, ast.Call))


def _called(call: ast.Call) -> str:
    return str(getattr(call.func, "attr", getattr(call.func, "id", "")))


@cache
def _names_of_rules() -> frozenset[str]:
    """Regimes, stages and clocks, but for ordinary words, which stand in the code for something else, too."""
    ordinary = {
        "acknowledge",
        "draft",
        "investigation",
        "ombudsman",
        "report",
        "request",
        "respond",
        "response",
        "review",
    }
    regimes = load_regimes().values()
    clocks = {clock.name for regime in regimes for clock in regime.clocks}
    stages = {stage.name for regime in regimes for stage in regime.stages}
    return frozenset({regime.name for regime in regimes} | stages | clocks) - ordinary


@cache
def _grounds() -> frozenset[str]:
    """Why cases are closed or refused, but for what is said of letters and of departments' parts as well."""
    regimes = load_regimes().values()
    closing = {ground for regime in regimes for ground in regime.closing_grounds}
    refusing = {ground.name for regime in regimes for ground in regime.refusals}
    return frozenset(closing | refusing | {*load_policy().closing_grounds}) - {"answered", "withdrawn"}


@cache
def _bodies() -> tuple[frozenset[str], frozenset[str]]:
    """What the Ombudsmen and the Commissioner are called in full, and in short."""
    entries = [each for names in load_regulators().values() for each in names]
    sites = {each.website.removeprefix("www.").partition(".")[0] for each in entries}
    return frozenset(each.name for each in entries), frozenset({*load_regulators(), *sites})


def names_of_rules(module: ast.Module) -> Iterator[ast.expr]:
    """A regime, a stage or a clock."""
    return (node for node in _texts(module) if node.value in _names_of_rules())


def bodies(module: ast.Module) -> Iterator[ast.expr]:
    """Whom a customer may turn to."""
    full, short = _bodies()
    for node in _texts(module):
        assert isinstance(node.value, str)
        if node.value in short or any(name in node.value for name in full):
            yield node


def grounds(module: ast.Module) -> Iterator[ast.expr]:
    """Why a case may be closed or refused."""
    return (node for node in _texts(module) if node.value in _grounds())


def lists_of_means(module: ast.Module) -> Iterator[ast.expr]:
    """How a letter may leave."""
    for node in ast.walk(module):
        if isinstance(node, ast.Tuple | ast.List | ast.Set):
            said = {each.value for each in node.elts if isinstance(each, ast.Constant)}
            said |= {each.attr.lower() for each in node.elts if isinstance(each, ast.Attribute)}
            if len(said & {means.value for means in Means}) > 1:
                yield node


def rules_made(module: ast.Module) -> Iterator[ast.expr]:
    """A clock, a ladder, an extension: rules are read, nobody makes one."""
    made = {
        alias.asname or alias.name
        for node in ast.walk(module)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("shared.rules")
        for alias in node.names
        if isinstance(found := getattr(regime_rules, alias.name, None), type) and issubclass(found, Table)
    }
    return (node for node in _calls(module) if _called(node) in made)


def events_of_a_stage(module: ast.Module) -> Iterator[ast.expr]:
    """What meets a clock: an event of a stage, such as its answer."""
    for node in _calls(module):
        if _called(node) == "Trigger" and len(node.args) + len(node.keywords) > 1:
            yield node


def lengths_of_time(module: ast.Module) -> Iterator[ast.expr]:
    """A time limit: a number of days but one, weeks, another year or month."""
    for node in _calls(module):
        for given in node.keywords:
            number = given.value.value if isinstance(given.value, ast.Constant) else None
            days = _called(node) == "timedelta" and given.arg in {"days", "weeks"} and number not in {None, 1}
            if days or (_called(node) == "replace" and given.arg in {"year", "month"}):
                yield node


def places(module: ast.Module) -> Iterator[ast.expr]:
    """Whose bank holidays count."""
    for node in ast.walk(module):
        if isinstance(node, ast.Attribute) and node.attr.isupper() and _of(node) in {"Region", "Nation"}:
            yield node


def _of(attribute: ast.Attribute) -> str:
    return ast.unparse(attribute.value)


ALLOWED: Final[dict[Find, dict[str, str]]] = {
    names_of_rules: {DEMONSTRATION: "as an officer would"},
    bodies: {DEMONSTRATION: "as an officer would"},
    grounds: {DEMONSTRATION: "as an officer would"},
    lists_of_means: {
        "services/intake/domain/incoming.py": "how contacts come in, which is another matter",
        "services/intake/adapters/": "the fields of a sender's format",
    },
    rules_made: {},
    events_of_a_stage: {
        RULES: "the vocabulary of the regimes",
        "services/deadlines/domain/clock/fact_from_event.py": "what of the log is which of them",
        "deploy/simulation/": "whoever acts at random looks for what is due",
    },
    lengths_of_time: {
        "shared/kit/": "how long tokens live: nothing of councils",
        "deploy/": "what happens in a made-up life",
    },
    places: {
        RULES + "calendar/days.py": "what they are",
        RULES + "regimes/arithmetic.py": "the seven ways to count",
    },
}
"""The rules, and where such a thing may stand, for a reason."""


@pytest.mark.parametrize("find", ALLOWED, ids=lambda find: str(getattr(find, "__name__", "")))
def test_no_literal_of_law_stands_in_the_code(find: Find) -> None:
    found = [
        f"{path}:{node.lineno}: {ast.unparse(node)}"
        for path in (each.relative_to(ROOT) for each in SOURCES)
        if not path.as_posix().startswith(tuple(ALLOWED[find]))
        for node in find(_module(path))
    ]
    assert found == []


@cache
def _module(path: Path) -> ast.Module:
    return ast.parse((ROOT / path).read_text("utf-8"))


@pytest.mark.parametrize(
    ("find", "code"),
    [
        (names_of_rules, 'REGIME = "corporate"'),
        (names_of_rules, 'if run.clock == "stage1_respond": pass'),
        (bodies, 'OMBUDSMEN = {"housing": "Housing Ombudsman Service"}'),
        (bodies, '_OUTSIDE: Final = frozenset({"ombudsman", "ico"})'),
        (bodies, 'f"You may complain to the Information Commissioner about {what}."'),
        (bodies, 'name = "Information Commission" if day >= TAKES_OVER else old'),
        (grounds, 'GROUNDS: Final = (ANSWERED, "withdrawn", "resolved", "no-reply", "transferred")'),
        (grounds, 'if ground == "out-of-time": pass'),
        (lists_of_means, 'Means = Literal["email", "post"]'),
        (lists_of_means, 'MEANS: Final = ("email", "post")'),
        (lists_of_means, "ORALLY = {Means.PHONE, Means.COUNTER}"),
        (
            rules_made,
            "from shared.rules.regimes.rules import Clock\nCLOCK: Final = Clock(name=CONTRIBUTION, length=0)",
        ),
        (rules_made, 'from shared.rules.regimes import Rung\nladder = (Rung(offset=-2, to="officer"),)'),
        (events_of_a_stage, "names.append(str(Trigger(RESPONDED, trigger.stage)))"),
        (lengths_of_time, "return day.replace(year=day.year - 1)"),
        (lengths_of_time, "_LONG_PAST = timedelta(days=365)"),
        (lengths_of_time, "_TWELVE = timedelta(weeks=12)"),
        (places, "OFFICE = Region.ENGLAND_AND_WALES"),
        (places, "nation: Nation = Nation.ENGLAND"),
    ],
)
def test_such_a_literal_would_be_found(find: Find, code: str) -> None:
    assert list(find(ast.parse(code)))


@pytest.mark.parametrize("find", ALLOWED, ids=lambda find: str(getattr(find, "__name__", "")))
def test_every_exception_is_still_needed(find: Find) -> None:
    for start in ALLOWED[find]:
        within = [each.relative_to(ROOT) for each in SOURCES]
        assert any(
            path.as_posix().startswith(start) and next(find(_module(path)), None) is not None
            for path in within
        ), start
