"""The council doesn't accept the matter, and sometimes thinks again."""

from __future__ import annotations

from datetime import date, timedelta

from deploy.simulation.life import Life
from deploy.simulation.steps.letters import send
from deploy.simulation.steps.offers import choices
from services.intake.domain.case.letters import REFUSAL, Means
from services.intake.domain.case.record_base_date import RecordBaseDate
from services.intake.domain.case.refuse import (
    REFUSE,
    REFUSE_WITHOUT_NOTICE,
    Refuse,
    RefuseWithoutNotice,
)
from services.intake.domain.case.reopen import Reopen


def refuse(life: Life) -> None:
    """On one of the grounds that the regime has in the case's stage."""
    if not life.rules.refusals or not life.chance("refused"):
        return
    life.wait("refused")
    _find_late(life)
    with_letter, without = choices(life, REFUSE), choices(life, REFUSE_WITHOUT_NOTICE)
    if not with_letter and not without:
        return
    chosen = life.rng.choice([*with_letter, *without])
    (ground,) = chosen.values["ground"]
    considered = life.words("considered") if chosen.hints["considered"] else None
    if chosen in with_letter:
        send(life, REFUSAL, lambda means, sent_on: _letter(life, ground, considered, means, sent_on))
    else:
        life.ask(RefuseWithoutNotice(ground=ground, considered=considered or ""))
    if not life.case.is_open and life.chance("refusal-reconsidered"):
        life.wait("reconsidered")
        life.ask(Reopen(reason=life.words("again")))


def _letter(life: Life, ground: str, considered: str | None, means: Means, sent_on: date | None) -> Refuse:
    return Refuse(
        ground=ground,
        considered=considered,
        means=means,
        subject=life.words("refusal_subject"),
        text=life.words("refusal"),
        sent_on=sent_on,
    )


def _find_late(life: Life) -> None:
    """Some matters turn out to be older than the regime takes."""
    limits = [ground.limit for ground in life.rules.refusals if ground.limit is not None]
    if not limits or not life.chance("came-too-late"):
        return
    received_on = life.case.received_on
    assert received_on is not None
    base = life.rules.clock(limits[0]).base[0].event
    life.ask(RecordBaseDate(base=base, on=received_on - timedelta(days=life.days("too-late"))))
