"""The timeline of one case among very many events, over HTTP and inside the program."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Final

from services.audit.application.casebook import casebook
from services.audit.main import SERVICE
from services.audit.settings import AuditSettings
from shared.casework.running import LANDSCAPE
from shared.casework.staff import scopes_of
from shared.kit.http import Principal
from shared.kit.runtime.service import opened
from tests.bench.big_log import enlarge, references
from tests.bench.calling import Caller, callers
from tests.bench.cases import CONNECTIONS, open_cases
from tests.bench.opening import installation
from tests.bench.processor import spent
from tests.bench.row import Goal, Row, percentile
from tests.chaos.settling import settled
from tests.chaos.site import Site

_MILLI: Final = 1000
_PREFIX: Final = "REDRESS_"
_WORK: Final[tuple[tuple[str, dict[str, Any]], ...]] = (
    ("triage", {"regime": "corporate"}),
    ("note", {"text": "Rang the depot."}),
    ("note", {"text": "The depot rang back: the crew was short."}),
    ("acknowledge", {"means": "email", "subject": "Your complaint", "text": "We are looking into it."}),
    ("note", {"text": "Looked at the round's log."}),
    ("respond", {"outcome": "upheld", "means": "email", "subject": "Our answer", "text": "We went back."}),
)


async def measure(*, quick: bool) -> Row:
    """Two hundred cases that were really worked on, among copies of them."""
    events, cases = (50_000, 50) if quick else (1_000_000, 200)
    async with installation() as site:
        made = await open_cases(site, cases + 20)
        await _work_on(site, made.references)
        async with site.database("audit") as connection:
            written = await enlarge(connection, events)
            await references(connection, written // 20)
            of_a_case = await connection.fetchval(
                "SELECT count(*) FROM audit_log WHERE key = (SELECT key FROM audit_log LIMIT 1)"
            )
        asked, warming = made.references[:cases], made.references[cases:]
        audit = site.installation.services["audit"].pid
        assert audit is not None
        before = spent(audit)
        over_http = await _over_http(site, warming, asked)
        worked = _MILLI * (spent(audit) - before) / len(made.references)
        within = await _within(site, warming, asked)
    return Row(
        f"timeline of one case, {written:,} events in the log",
        (Goal("p99 over HTTP", 10, percentile(over_http, 0.99), "ms", at_most=True),),
        f"p99 without HTTP {percentile(within, 0.99):.1f} ms",
        (
            f"{cases} cases of about {of_a_case} events, each asked for once, one after another",
            f"p50 {percentile(over_http, 0.5):.1f} ms over HTTP, {percentile(within, 0.5):.1f} ms without",
            f"audit's processor time a timeline, with all else that it does: {worked:.1f} ms",
        ),
    )


async def _work_on(site: Site, cases: Sequence[str]) -> None:
    """A case from triage to its answer."""
    waiting = iter(cases)

    async def work(caller: Caller) -> None:
        for reference in waiting:
            for number, (command, body) in enumerate(_WORK):
                await caller.post(f"/cases/{reference}/{command}", body, f"{reference}/{number}")

    async with callers(site.url("intake"), site.person("Olu Officer", "supervisor"), CONNECTIONS) as lines:
        await asyncio.gather(*(work(caller) for caller in lines))
    await settled(site, 300)


async def _over_http(site: Site, warming: Sequence[str], asked: Sequence[str]) -> list[float]:
    auditor = site.person("Ada Auditor", "auditor")
    async with callers(site.url("audit"), auditor, 1) as (caller,):
        return await _timed(lambda reference: caller.get(f"/cases/{reference}/timeline"), warming, asked)


async def _within(site: Site, warming: Sequence[str], asked: Sequence[str]) -> list[float]:
    told = site.installation.services["audit"].environment
    settings = AuditSettings.model_validate(
        {
            name.removeprefix(_PREFIX).lower(): value
            for name, value in told.items()
            if name.startswith(_PREFIX)
        }
    )
    auditor = Principal(
        "person:00000000-0000-0000-0000-000000000000", scopes_of(["auditor"]), frozenset({"auditor"})
    )
    async with opened(SERVICE, LANDSCAPE, settings) as (parts, _):
        book = casebook(parts)
        marks = asyncio.ensure_future(parts.marks.run())

        async def ask(reference: str) -> None:
            (await book.timeline(await book.cases.find(reference, auditor), None, None)).as_json()

        try:
            return await _timed(ask, warming, asked)
        finally:
            marks.cancel()
            await asyncio.gather(marks, return_exceptions=True)


async def _timed(
    ask: Callable[[str], Awaitable[object]], warming: Sequence[str], asked: Sequence[str]
) -> list[float]:
    """Milliseconds that each took."""
    for reference in warming:
        await ask(reference)
    took = []
    for reference in asked:
        began = time.perf_counter()
        await ask(reference)
        took.append(_MILLI * (time.perf_counter() - began))
    return took
