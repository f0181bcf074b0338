"""Notifications, put together. `python -m services.notifications.main` runs it."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Final

from services.notifications.api import routers
from services.notifications.application.dependencies import Dependencies
from services.notifications.application.messages import Messages
from services.notifications.due import due_work, gate
from services.notifications.reactor import NotificationsReactor
from services.notifications.settings import NotificationsSettings
from services.notifications.views.bank_holidays import BANK_HOLIDAYS
from services.notifications.views.cases import CASES, CaseRow
from services.notifications.views.clocks import CLOCKS
from services.notifications.views.directory import DIRECTORY
from services.notifications.views.outbox import OUTBOX
from services.notifications.views.people import PEOPLE
from shared.casework.cases import Cases, command_marks
from shared.casework.known_cases import by_reference
from shared.casework.running import main
from shared.kit.log import View
from shared.kit.runtime import Parts, ServiceDefinition
from shared.rules.calendar.office_hours import parse_office_hours

VIEWS: Final[tuple[View, ...]] = (CASES, CLOCKS, DIRECTORY, PEOPLE, BANK_HOLIDAYS, OUTBOX)


def dependencies(parts: Parts[NotificationsSettings]) -> Dependencies:
    settings = parts.settings
    within = timedelta(seconds=settings.marks_within)
    look_up = partial(by_reference, parts.pool, CaseRow)
    return Dependencies(
        pool=parts.pool,
        store=parts.store,
        sealer=parts.sealer,
        cases=Cases(parts.store, look_up, command_marks(parts.master), parts.heard),
        sender=settings.make_sender(),
        council=settings.council_name,
        mail_domain=settings.mail_domain,
        waits=settings.send_again_after,
        hours=parse_office_hours(settings.office_hours),
        digest_days=settings.digest_days,
        read_up=lambda: parts.level(within),
    )


SERVICE: Final = ServiceDefinition(
    name="notifications",
    settings=NotificationsSettings,
    views=lambda _: VIEWS,
    reactors=lambda settings: (NotificationsReactor(parse_office_hours(settings.office_hours)),),
    routers=lambda parts: routers(Messages(dependencies(parts))),
    due_handler=lambda parts: due_work(dependencies(parts)),
    gate=lambda parts: gate(dependencies(parts)),
)

if __name__ == "__main__":
    main(SERVICE)
