"""Every adapter that intake answers to, by the name in `POST /contacts/{adapter}`."""

from __future__ import annotations

from collections.abc import Mapping

from services.intake.adapters.adapter import Adapter
from services.intake.adapters.cloudevents import CloudEvents
from services.intake.adapters.govuk_forms import GovukForms
from services.intake.adapters.hocs import HomeOfficeComplaint
from services.intake.adapters.moj_forms import MojForms
from services.intake.adapters.redress_contact import RedressContact

ALL: tuple[Adapter, ...] = (RedressContact(), CloudEvents(), HomeOfficeComplaint(), GovukForms(), MojForms())


def adapters() -> Mapping[str, Adapter]:
    return {adapter.name: adapter for adapter in ALL}
