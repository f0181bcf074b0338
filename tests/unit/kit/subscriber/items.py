"""Items without a broker: events of streams, as a batch would bring them."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID, uuid5

from shared.kit.events import NAMESPACE, Envelope
from shared.kit.log.subscriber.received import Item, open_bytes
from tests.kit.heard import enveloped

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def key_of(case: str) -> UUID:
    """The key of a case named in a test."""
    return uuid5(NAMESPACE, case)


def envelope(case: str, service: str, version: int) -> Envelope:
    """An envelope of one service's stream about a case."""
    stream = f"{service}-{key_of(case)}"
    return enveloped(
        stream, version, "redress.test.unheard-of.v1", key_of(case), source=f"/redress/{service}", at=AT
    )


def item(case: str, version: int, *, service: str = "case", offset: int = 0, broken: bool = False) -> Item:
    """That event at an offset; a broken one lacks its headers."""
    headers = [] if broken else envelope(case, service, version).headers()
    return open_bytes(key_of(case), (0, offset, 0), tuple(headers), b"{}")
