"""Every message asked for was sent once, kept back for a reason, or stands in a person's queue; none went twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from tests.chaos.mailbox import Mailbox
from tests.chaos.site import Site

MESSAGES: Final = """
WITH said AS (
    SELECT
        originator_id,
        originator_version,
        split_part(topic, '.', 3) AS what,
        convert_from(state, 'UTF8')::jsonb AS state
    FROM public.stored_events
    WHERE originator_id LIKE 'notification-%'
)
SELECT
    originator_id AS stream,
    array_agg(what ORDER BY originator_version) AS history,
    max(state ->> 'about') AS about,
    max(state ->> 'purpose') AS purpose,
    max(state ->> 'message_id') AS message_id
FROM said
GROUP BY originator_id
"""
ASKED_FOR: Final = {
    "deadlines": "redress.deadlines.reminder-due.v1",
    "intake": "redress.intake.acknowledgement-issued.v1",
}
ASKING: Final = """
SELECT event_id
FROM public.stored_events
WHERE topic = $1 AND coalesce(convert_from(state, 'UTF8')::jsonb ->> 'means', 'email') = 'email'
"""
SENT, UNKNOWN, SUPPRESSED, SETTLED = "sent", "outcome-unknown", "suppressed", "outcome-settled"
ENDS: Final = frozenset({SENT, UNKNOWN, SUPPRESSED, SETTLED})


@dataclass(frozen=True, slots=True)
class Messages:
    """Counts of messages: `reminders` of them are reminders, `ended` says how each ended."""

    asked: int
    reminders: int
    ended: Counter[str]

    @property
    def unknown(self) -> int:
        """Messages that stand in a person's queue because nobody knows whether they left."""
        return self.ended[UNKNOWN]


async def reckon(site: Site, mailbox: Mailbox) -> tuple[Messages, list[str]]:
    """How the messages ended, and what may not be, a sentence each."""
    messages = [dict(row) for row in await site.rows("notifications", MESSAGES)]
    mailbox.look()
    wrong = [*_histories(messages), *_letters(messages, mailbox.arrived)]
    for service, wire_name in ASKED_FOR.items():
        asking = {row["event_id"] for row in await site.rows(service, ASKING, wire_name)}
        wrong += _asked_once(wire_name, asking, messages)
    wrong += await _in_the_queue(site, messages)
    ended = Counter(message["history"][-1] for message in messages)
    reminders = sum(message["purpose"] == "reminder" for message in messages)
    return Messages(len(messages), reminders, ended), wrong


def _histories(messages: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for message in messages:
        history = message["history"]
        tries, refused = history.count("attempt-began"), history.count("attempt-failed")
        if history[0] != "requested" or history[-1] not in ENDS or not 0 <= tries - refused <= 1:
            yield f"{message['stream']} ({message['purpose']}): {', '.join(history)}"


def _letters(messages: Sequence[Mapping[str, Any]], arrived: Mapping[str, Sequence[Any]]) -> Iterator[str]:
    """What the mailbox holds against what is recorded."""
    by_id = {message["message_id"]: message for message in messages}
    for message_id, files in arrived.items():
        if len(files) > 1:
            yield f"{message_id} arrived {len(files)} times: {', '.join(file.name for file in files)}"
        if message_id not in by_id:
            yield f"{message_id} arrived ({files[0].name}), and nothing is recorded of it"
    for message_id, message in by_id.items():
        came, end = message_id in arrived, message["history"][-1]
        if came and end == SUPPRESSED:
            yield f"{message['stream']} was suppressed and arrived: {message_id}"
        if not came and end == SENT:
            yield f"{message['stream']} was sent and did not arrive: {message_id}"


def _asked_once(what: str, asking: set[UUID], messages: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    times = Counter(message["about"] for message in messages)
    for event in asking:
        if times[str(event)] != 1:
            yield f"{what} {event}: {times[str(event)]} messages"


async def _in_the_queue(site: Site, messages: Sequence[Mapping[str, Any]]) -> list[str]:
    """Messages of unknown outcome that no person would find."""
    unknown = {message["stream"] for message in messages if message["history"][-1] == UNKNOWN}
    if not unknown:
        return []
    async with site.client(site.person("Olu Officer", "officer")) as client:
        answer = await client.get(f"{site.url('notifications')}/attention", params={"limit": 500})
    shown = {
        f"notification-{each['notification']}" for each in answer.raise_for_status().json()["notifications"]
    }
    return [f"{stream}: its outcome is unknown, and it isn't in the queue" for stream in unknown - shown]
