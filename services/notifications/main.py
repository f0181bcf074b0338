"""The notifications service: its parts, put together."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from fastapi import APIRouter

from services.notifications.api import commands, queries
from services.notifications.application import Notifications
from services.notifications.asked import AsksForMessages
from services.notifications.facts import Facts
from services.notifications.reading import Reading
from services.notifications.sending import Outbound
from services.notifications.settings import NotificationsSettings
from services.notifications.views.cases import CASES
from services.notifications.views.clocks import CLOCKS
from services.notifications.views.directory import DIRECTORY
from services.notifications.views.outbox import OUTBOX
from services.notifications.views.people import PEOPLE
from services.notifications.writing import Writer
from shared.casework.cases import command_marks
from shared.casework.running import main
from shared.kit.due import Gate, Handler
from shared.kit.log import View
from shared.kit.runtime import Parts, ServiceDefinition
from shared.rules.calendar import load_calendar
from shared.rules.calendar.office_hours import parse_office_hours

VIEWS: tuple[View, ...] = (CASES, CLOCKS, DIRECTORY, PEOPLE, OUTBOX)

NotificationsParts = Parts[NotificationsSettings]


def notifications(parts: NotificationsParts) -> Notifications:
    """The use cases over these parts."""
    settings = parts.settings
    facts = Facts(parts.pool)
    within = timedelta(seconds=settings.marks_within)
    return Notifications(
        outbound=Outbound(
            store=parts.store,
            sealer=parts.sealer,
            facts=facts,
            sender=settings.make_sender(),
            waits=settings.send_again_after,
        ),
        writer=Writer(facts, parts.sealer, settings.council_name, settings.mail_domain),
        hours=parse_office_hours(settings.office_hours),
        read_up=lambda: parts.level(within),
        calendar=load_calendar,
    )


def _routers(parts: NotificationsParts) -> Sequence[APIRouter]:
    ours = notifications(parts)
    reading = Reading(parts.pool, parts.store, parts.sealer, ours.outbound.facts, parts.heard)
    mark = command_marks(parts.master)
    return [queries(reading, ours), commands(reading, ours, mark)]


def _due_handler(parts: NotificationsParts) -> Handler:
    return notifications(parts).do


def _gate(parts: NotificationsParts) -> Gate:
    return notifications(parts).may_run


SERVICE = ServiceDefinition(
    name="notifications",
    settings=NotificationsSettings,
    views=lambda _: VIEWS,
    reactors=lambda _: (AsksForMessages(),),
    routers=_routers,
    due_handler=_due_handler,
    gate=_gate,
)

if __name__ == "__main__":
    main(SERVICE)
