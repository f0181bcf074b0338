"""More time for the stage's clock: proposed, and in force when the notice has left in time."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from deploy.simulation.life import Life
from services.deadlines.domain.clock.extensions import limits_of
from services.deadlines.domain.clock.propose_extension import ProposeExtension
from services.deadlines.domain.clock.record_notice import RecordNotice
from services.deadlines.domain.clock.state import Run
from shared.rules.regimes.extending import ExtensionLimits
from shared.rules.regimes.rules import Means, Requirement


def extend(life: Life) -> None:
    """Where the regime has an extension and there is still time to tell the customer."""
    for run in list(life.deadlines.clocks.live()):
        if (
            run.about
            or run.stage != life.case.stage
            or life.rules.extension_of(run.clock) is None
            or not life.chance("extension")
        ):
            continue
        limits = limits_of(life.deadlines.clocks, run, life.deadlines.given())
        life.wait_until(limits.notice_latest - timedelta(days=life.days("extension-before")))
        if life.today <= limits.notice_latest and life.case.is_open:
            _propose(life, run, limits)


def _propose(life: Life, run: Run, limits: ExtensionLimits) -> None:
    new_due_on, beyond = _new_date(life, run, limits)
    if new_due_on <= run.due_on:
        return
    requires = limits.extension.requires
    asked: dict[str, Any] = {
        "clock": run.clock,
        "occurrence": run.occurrence,
        "new_due_on": new_due_on,
        "reason": life.words("reason"),
        "ombudsman_details": Requirement.OMBUDSMAN_DETAILS in requires,
        "agreed_on": life.today if Requirement.AGREEMENT in requires else None,
        "beyond_guidance": beyond,
    }
    if Requirement.NOTICE not in requires:
        life.ask_clocks(ProposeExtension(**asked))
    elif life.setting.filed or life.chance("extension-noticed-already"):
        life.ask_clocks(ProposeExtension(**asked, means=Means.POST, notice_sent_on=life.today))
    elif life.case.has_email and life.case.may_use(Means.EMAIL) and not life.chance("extension-by-post"):
        life.ask_clocks(ProposeExtension(**asked, means=Means.EMAIL))
    else:
        life.ask_clocks(ProposeExtension(**asked, means=Means.POST))
        _post(life, run, limits.notice_latest)


def _new_date(life: Life, run: Run, limits: ExtensionLimits) -> tuple[date, bool]:
    """The latest day that there is; where that is guidance only, sometimes a later one."""
    longer = timedelta(days=life.days("extension-longer"))
    if limits.ceiling is None:
        return run.due_on + longer, False
    if limits.extension.guidance_only and life.chance("beyond-guidance"):
        return limits.ceiling.due + longer, True
    return limits.ceiling.due, False


def _post(life: Life, run: Run, latest: date) -> None:
    if life.chance("extension-lapses"):
        life.wait_until(latest + timedelta(days=1))
        return
    life.wait_until(life.today)
    notice = RecordNotice(clock=run.clock, occurrence=run.occurrence, sent_on=life.today, means=Means.POST)
    life.ask_clocks(notice)
