"""The whole comparison: every event in three places, the trees over them, and the checkpoints signed over those."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from services.audit.application.verification.checkpoints import Checked, Expected, conclude, opened
from services.audit.application.verification.copies import Copies
from services.audit.application.verification.log import Log
from services.audit.application.verification.own import OwnCopy
from services.audit.application.verification.report import Fault, Report
from services.audit.application.verification.seen import Seen
from services.audit.application.verification.stores import Stores
from services.audit.application.verification.suspects import MOST, Suspects
from services.audit.application.verification.verdict import examine
from services.audit.views.log.tree import sizes
from shared.kit import sql
from shared.kit.log import PARTITIONS
from shared.kit.merkle import VerifyKey

_SQL: Final = sql.Statements(__package__)
GIVEN: Final = "the given checkpoint"


async def verify(copies: Copies, trusted: VerifyKey, given: str | None = None) -> Report:
    """Verifies everything. It may run beside the services: what is on its way is counted, not blamed.

    Args:
        trusted: the key that signs audit's checkpoints.
        given: a signed note from outside.
    """
    report, suspects = Report(), Suspects()
    # In this order: what was published then is on the log now, and what audit had read then, it has now.
    published = {service: await copies.published_up_to(service) for service in copies.stores}
    read = await copies.read_up_to()
    bounds = await copies.log.bounds()
    async with copies.audit.acquire() as connection:
        trees = await sizes(connection, range(PARTITIONS))

    checked, wholly = await _checkpoints(copies, trusted, given, report)
    expected = Expected()
    for each in checked:
        expected.promise(each.label, each.checkpoint, trees)
    await OwnCopy(copies, trees, expected, suspects, report).verify()
    stores = Stores(copies, published, suspects, report, Seen(trees))
    await stores.verify()
    await _suspect_missing(copies, stores.seen.missing(), suspects)
    log = Log(copies, read, suspects, report, Seen(trees), stores.awaited)
    await log.verify(bounds)
    await _suspect_missing(
        copies, (place for place in log.seen.missing() if place[0] not in log.unreadable), suspects
    )
    for name, source in stores.awaited.items():
        if not log.unreadable:
            suspects.add(name, source)
    # Events that can be named come first; trees and chains that are wrong because of them come after.
    named = [
        await examine(copies, name, suspect, log_was_read=not log.unreadable)
        for name, suspect in suspects.found.items()
    ]
    if suspects.others:
        named.append(Fault("all copies", "changed", detail=f"{suspects.others} more events"))
    report.faults[:0] = sorted(named, key=_place_on_the_log)
    await conclude(copies, checked, wholly, expected, report)
    return report


def _place_on_the_log(fault: Fault) -> tuple[bool, int, int]:
    """What is on the log by its place there, the rest after it."""
    return fault.offset is None, fault.partition or 0, fault.offset or 0


async def _checkpoints(
    copies: Copies, trusted: VerifyKey, given: str | None, report: Report
) -> tuple[list[Checked], set[str]]:
    """Every checkpoint whose signature holds, and those whose case heads are to be made anew."""
    own = [
        opened(f"checkpoint {row['number']}", row["note"], trusted, report)
        for row in await copies.audit.fetch(_SQL.checkpoints)
    ]
    checked = [each for each in own if each is not None]
    wholly = {each.label for each in checked[-1:]}
    if given is not None:
        outside = opened(GIVEN, given, trusted, report)
        if outside is not None:
            checked.append(outside)
            wholly.add(GIVEN)
    return checked, wholly


async def _suspect_missing(copies: Copies, places: Iterable[tuple[int, int]], suspects: Suspects) -> None:
    """Suspects the events of leaves that some copy lacks."""
    wanted = [place for place, _ in zip(places, range(MOST), strict=False)]
    if not wanted:
        return
    rows = await copies.audit.fetch(_SQL.events_at, [p for p, _ in wanted], [index for _, index in wanted])
    for row in rows:
        name = row["stream"], row["version"]
        if name not in suspects.found:
            kept = (await copies.kept_stream(name[0]))[name[1]]
            suspects.add(name, kept.envelope.source)
