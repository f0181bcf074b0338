"""Days that only an officer knows, such as when a panel met."""

from __future__ import annotations

from datetime import timedelta

from deploy.simulation.life import Life
from services.intake.domain.case.record_base_date import RecordBaseDate


def record_days(life: Life) -> None:
    """Those of this regime and stage, one after the other."""
    counts_from = life.case.counts_from
    assert counts_from is not None
    for row in life.often.recorded_days:
        if (row.regime, row.stage) != (life.case.regime, life.case.stage) or life.rng.random() >= row.chance:
            continue
        days = life.rng.randint(*row.days)
        if days >= 0:
            life.wait_until(life.today + timedelta(days=days))
        on = counts_from + timedelta(days=days) if days < 0 else life.today
        life.ask(RecordBaseDate(base=row.base, on=on))
