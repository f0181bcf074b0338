"""The list of what is due says of every clock what its stream says."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.deadlines.api.document import state_of
from services.deadlines.domain.clock.pass_due import PassDue
from services.deadlines.views.due.fold import RunRow, evolve
from shared.kit.decider import Refused
from shared.kit.log import Rows
from shared.rules.regimes import load_regimes
from tests.kit.heard import told
from tests.unit.deadlines.facts import received
from tests.unit.deadlines.telling import Story
from tests.unit.deadlines.test_offers import DAY, something

CASE_ID = UUID(int=1)


@pytest.mark.parametrize("regime", ["corporate", "foi", "sar", "children"])
@given(data=st.data())
@settings(max_examples=40, deadline=None)
def test_a_row_of_the_list_is_the_run_in_the_stream(regime: str, data: Any) -> None:
    day = date(2026, 6, 22)
    case = Story(today=day).hear(*received(regime, day))
    stages = [stage.name for stage in load_regimes()[regime].stages]
    for _ in range(data.draw(st.integers(1, 8))):
        case.today += data.draw(st.integers(0, 15)) * DAY
        something(case, data, stages)
        for run in list(case.state.live()):
            try:
                case.tell(PassDue(clock=run.clock, occurrence=run.occurrence, due_on=run.due_on))
            except Refused:
                continue
    rows: Rows[RunRow] = {}
    for received_event in told(f"clock-{CASE_ID}", CASE_ID, *case.past):
        evolve(rows, received_event)
    assert rows.keys() == case.state.runs.keys()
    for key, run in case.state.runs.items():
        row = rows[key]
        assert (row.due_on, row.base_date, row.met_on, row.late) == (
            run.due_on,
            run.base_date,
            run.met_on,
            run.late,
        )
        assert row.state.value == state_of(run).value
