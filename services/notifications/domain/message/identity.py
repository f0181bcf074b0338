"""Names that are derived, so that asking twice for the same message names the same one."""

from __future__ import annotations

import re
from datetime import date
from uuid import UUID, uuid5

from shared.kit.events import NAMESPACE

_PREFIX = "notification-"
_NOT_IN_A_MESSAGE_ID = re.compile(r"[^A-Za-z0-9-]+")


def notification_id(about: UUID, purpose: str, audience: str, rung: str | None = None) -> UUID:
    """The message that the event `about` asks for, to this audience (and rung of the ladder)."""
    return uuid5(NAMESPACE, f"notification\x1f{about}\x1f{purpose}\x1f{audience}\x1f{rung or ''}")


def stream_of(notification: UUID) -> str:
    return f"{_PREFIX}{notification}"


def message_of(stream: str) -> UUID:
    return UUID(stream.removeprefix(_PREFIX))


def digest_id(officer_id: UUID, on: date) -> UUID:
    return uuid5(NAMESPACE, f"digest\x1f{officer_id}\x1f{on.isoformat()}")


def message_id(notification: UUID, reference: str, domain: str) -> str:
    """The Message-ID: one for all attempts, with the reference in it, so that replies find their case."""
    return f"<{_NOT_IN_A_MESSAGE_ID.sub('-', reference)}.{notification}@{domain}>"
