"""Extensions: proposed within the ceiling and in time, in force only when the notice has left in time."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from services.deadlines.domain.clock.lapse import Lapse
from services.deadlines.domain.clock.names import Fact
from services.deadlines.domain.clock.pass_due import PassDue
from services.deadlines.domain.clock.pause import Pause
from services.deadlines.domain.clock.propose_extension import ProposeExtension
from services.deadlines.domain.clock.record_notice import RecordNotice
from services.deadlines.domain.clock.restart import Restart
from services.deadlines.domain.clock.resume import Resume
from shared.contracts.deadlines import DueDateMoved, Extended, ExtensionLapsed, ExtensionProposed, Missed
from tests.unit.deadlines.facts import fact
from tests.unit.deadlines.telling import REASON, Story, case_under


def corporate(today: date = date(2026, 6, 10)) -> Story:
    """A corporate complaint, acknowledged on 3 June: due on 17 June."""
    case = case_under("corporate", date(2026, 6, 1))
    case.happened("stage1:acknowledged", date(2026, 6, 3))
    case.today = today
    return case


def test_an_extension_is_proposed_first_and_moves_nothing_yet() -> None:
    case = corporate()
    (event,) = case.tell(
        ProposeExtension(
            clock="stage1_respond", new_due_on=date(2026, 7, 1), reason=REASON, ombudsman_details=True
        )
    )
    assert isinstance(event, ExtensionProposed)
    assert (event.ceiling, event.notice_by, event.citation) == (
        date(2026, 7, 1),
        date(2026, 6, 17),
        "LGSCO Code 6.4, 6.5",
    )
    assert case.due("stage1_respond") == date(2026, 6, 17)


def test_the_notice_sent_on_the_last_day_brings_it_into_force() -> None:
    case = corporate()
    case.tell(
        ProposeExtension(
            clock="stage1_respond", new_due_on=date(2026, 6, 30), reason=REASON, ombudsman_details=True
        )
    )
    case.today = date(2026, 6, 17)
    extended, moved = case.tell(
        RecordNotice(clock="stage1_respond", sent_on=date(2026, 6, 17), means="email", proposal=1)
    )
    assert isinstance(extended, Extended)
    assert isinstance(moved, DueDateMoved)
    assert (moved.cause, moved.due_on) == ("extended", date(2026, 6, 30))
    assert "told on Wednesday 17 June 2026" in moved.working["note"]


def test_a_notice_after_the_original_date_extends_nothing() -> None:
    case = corporate()
    case.tell(
        ProposeExtension(
            clock="stage1_respond", new_due_on=date(2026, 6, 30), reason=REASON, ombudsman_details=True
        )
    )
    case.today = date(2026, 6, 18)
    case.refused(
        RecordNotice(clock="stage1_respond", sent_on=date(2026, 6, 18), means="post"),
        "extension-too-late",
        "LGSCO Code 6.4",
    )


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"ombudsman_details": False}, "extension-incomplete"),
        ({"reason": None}, "extension-incomplete"),
        ({"new_due_on": date(2026, 7, 2)}, "extension-too-long"),
        ({"new_due_on": date(2026, 6, 17)}, "extension-not-later"),
        ({"means": "phone"}, "no-such-means"),
    ],
)
def test_the_code_wants_a_reason_the_ombudsman_s_details_and_10_working_days_at_most(
    changes: dict[str, Any], code: str
) -> None:
    fields: dict[str, Any] = {
        "clock": "stage1_respond",
        "new_due_on": date(2026, 6, 30),
        "reason": REASON,
        "ombudsman_details": True,
    }
    corporate().refused(ProposeExtension(**{**fields, **changes}), code, "LGSCO Code 6.4")


def test_an_extension_is_proposed_by_the_due_date_that_day_included() -> None:
    fields: dict[str, Any] = {
        "clock": "stage1_respond",
        "new_due_on": date(2026, 6, 30),
        "reason": REASON,
        "ombudsman_details": True,
    }
    corporate(date(2026, 6, 17)).tell(ProposeExtension(**fields))
    corporate(date(2026, 6, 18)).refused(ProposeExtension(**fields), "extension-too-late")


def test_a_letter_posted_in_time_and_entered_late_extends_after_all() -> None:
    case = corporate(date(2026, 6, 25))
    case.tell(
        ProposeExtension(
            clock="stage1_respond",
            new_due_on=date(2026, 6, 30),
            reason=REASON,
            ombudsman_details=True,
            notice_sent_on=date(2026, 6, 16),
        )
    )
    assert case.due("stage1_respond") == date(2026, 6, 30)


@pytest.mark.parametrize(
    ("told", "means"),
    [
        ({}, "email"),
        ({"means": "post"}, "post"),
        ({"notice_sent_on": date(2026, 6, 9)}, "post"),
        ({"notice_sent_on": date(2026, 6, 9), "means": "email"}, "post"),
    ],
)
def test_a_notice_that_an_officer_posts_is_not_sent_a_second_time(told: dict[str, Any], means: str) -> None:
    proposed, *_ = corporate().tell(
        ProposeExtension(
            clock="stage1_respond",
            new_due_on=date(2026, 6, 30),
            reason=REASON,
            ombudsman_details=True,
            **told,
        )
    )
    assert isinstance(proposed, ExtensionProposed)
    assert proposed.means == means


def test_the_acknowledgement_cannot_be_extended() -> None:
    case = case_under("corporate", date(2026, 6, 1), today=date(2026, 6, 2))
    case.refused(
        ProposeExtension(clock="stage1_acknowledge", new_due_on=date(2026, 6, 10)),
        "no-extension",
        "LGSCO Code 6.2",
    )


def test_without_its_notice_an_extension_lapses_and_the_old_date_is_missed() -> None:
    case = corporate()
    case.tell(
        ProposeExtension(
            clock="stage1_respond", new_due_on=date(2026, 6, 30), reason=REASON, ombudsman_details=True
        )
    )
    assert case.tell(Lapse(clock="stage1_respond", occurrence=1, proposal=1)) == ()
    case.today = date(2026, 6, 18)
    events = case.tell(PassDue(clock="stage1_respond", occurrence=1, due_on=date(2026, 6, 17)))
    assert [type(event) for event in events] == [ExtensionLapsed, Missed]
    case.refused(Lapse(clock="stage1_respond", occurrence=1, proposal=1), "settled")


def test_a_notice_posted_in_time_revives_an_extension_that_had_lapsed() -> None:
    case = corporate()
    case.tell(
        ProposeExtension(
            clock="stage1_respond", new_due_on=date(2026, 6, 30), reason=REASON, ombudsman_details=True
        )
    )
    case.today = date(2026, 6, 18)
    case.tell(Lapse(clock="stage1_respond", occurrence=1, proposal=1))
    case.tell(RecordNotice(clock="stage1_respond", sent_on=date(2026, 6, 16), means="post"))
    assert case.due("stage1_respond") == date(2026, 6, 30)


def test_children_s_stage_2_goes_to_65_working_days_and_no_further_reg_17_6() -> None:
    case = case_under("children", date(2026, 1, 5))
    case.happened("stage2:escalation-requested", date(2026, 3, 2))
    case.today = date(2026, 4, 8)
    fields: dict[str, Any] = {"clock": "stage2_respond", "reason": REASON}
    case.refused(
        ProposeExtension(new_due_on=date(2026, 6, 8), **fields),
        "extension-too-long",
        "SI 2006/1738 reg 17(6)",
    )
    case.tell(ProposeExtension(new_due_on=date(2026, 6, 5), **fields))


def test_adults_agree_to_a_longer_period_before_it_expires_reg_14_3() -> None:
    case = case_under("adult-care", date(2026, 3, 15), today=date(2026, 9, 14))
    fields: dict[str, Any] = {"clock": "respond", "new_due_on": date(2027, 1, 29), "reason": REASON}
    case.refused(ProposeExtension(**fields), "extension-incomplete", "SI 2009/309 reg 14(3)(b)")
    case.tell(ProposeExtension(agreed_on=date(2026, 9, 14), **fields))
    case.tell(RecordNotice(clock="respond", sent_on=date(2026, 9, 14), means="email"))
    assert case.due("respond") == date(2027, 1, 29)


def test_an_agreement_after_the_period_expired_extends_nothing() -> None:
    case = case_under("adult-care", date(2026, 3, 15), today=date(2026, 9, 20))
    case.refused(
        ProposeExtension(
            clock="respond",
            new_due_on=date(2027, 1, 29),
            reason=REASON,
            agreed_on=date(2026, 9, 15),
            notice_sent_on=date(2026, 9, 14),
        ),
        "extension-too-late",
        "SI 2009/309 reg 14(3)(b)",
    )


def test_an_agreement_in_writing_with_the_ombudsman_is_enough_lga_31_2() -> None:
    case = case_under("corporate", date(2026, 1, 5))
    case.hear(fact(Fact.REFERRED, date(2026, 5, 1), about="r1", regime="lgsco", regime_version="2008-04"))
    case.happened("report-received", date(2026, 6, 1))
    case.today = date(2026, 7, 1)
    case.tell(
        ProposeExtension(
            clock="public_report_notify_action", new_due_on=date(2026, 10, 30), agreed_on=date(2026, 7, 1)
        )
    )
    assert case.due("public_report_notify_action") == date(2026, 10, 30)


def test_beyond_guidance_an_officer_has_to_say_so_foia_10_3() -> None:
    case = case_under("foi", date(2026, 6, 1), today=date(2026, 6, 20))
    fields: dict[str, Any] = {"clock": "respond", "new_due_on": date(2026, 8, 31), "reason": REASON}
    case.refused(ProposeExtension(**fields), "extension-too-long", "FOIA s.10(3)")
    case.tell(ProposeExtension(beyond_guidance=True, **fields))


def test_one_extension_at_a_time_waits_for_its_notice() -> None:
    case = case_under("foi", date(2026, 6, 1), today=date(2026, 6, 20))
    fields: dict[str, Any] = {"clock": "respond", "new_due_on": date(2026, 7, 20), "reason": REASON}
    case.tell(ProposeExtension(**fields))
    case.refused(ProposeExtension(**fields), "extension-pending")


def sar(today: date) -> Story:
    """A subject access request of 3 September: due on 5 October, at most on 3 December."""
    return case_under("sar", date(2026, 9, 3), today=today)


def extend(case: Story, to: date, told: date) -> None:
    """Extends the answer, the notice being sent that day."""
    case.tell(ProposeExtension(clock="respond", new_due_on=to, reason=REASON, notice_sent_on=told))


def test_a_pause_after_the_notice_moves_the_extended_date_too() -> None:
    case = sar(date(2026, 9, 20))
    extend(case, date(2026, 12, 3), date(2026, 9, 7))
    case.tell(Pause(kind="clarification", on=date(2026, 9, 8), until=date(2026, 9, 14)))
    assert case.due("respond") == date(2026, 12, 10)


def test_an_extension_after_the_pause_has_the_pause_in_its_ceiling() -> None:
    case = sar(date(2026, 9, 20))
    case.tell(Pause(kind="clarification", on=date(2026, 9, 8), until=date(2026, 9, 14)))
    extend(case, date(2026, 12, 10), date(2026, 9, 20))
    assert case.due("respond") == date(2026, 12, 10)


def test_an_extension_in_the_middle_of_a_pause_ends_at_the_ceiling_too() -> None:
    case = sar(date(2026, 9, 10))
    case.tell(Pause(kind="clarification", on=date(2026, 9, 8)))
    extend(case, date(2026, 12, 7), date(2026, 9, 10))
    case.today = date(2026, 9, 20)
    case.tell(Resume(kind="clarification", on=date(2026, 9, 14)))
    assert case.due("respond") == date(2026, 12, 10)


def test_a_restart_begins_without_the_extension_of_the_time_before() -> None:
    case = case_under("foi", date(2026, 3, 2))
    case.today = date(2026, 3, 10)
    case.tell(
        ProposeExtension(
            clock="respond", new_due_on=date(2026, 4, 30), reason=REASON, notice_sent_on=date(2026, 3, 10)
        )
    )
    case.today = date(2026, 3, 12)
    case.tell(Restart(kind="clarification", on=date(2026, 3, 12)))
    assert case.due("respond") == date(2026, 4, 14)


def test_the_pause_moves_the_last_day_for_the_notice_as_well_art_12a_5() -> None:
    case = sar(date(2026, 9, 7))
    case.tell(ProposeExtension(clock="respond", new_due_on=date(2026, 12, 3), reason=REASON))
    case.today = date(2026, 10, 8)
    case.tell(Pause(kind="clarification", on=date(2026, 9, 8), until=date(2026, 9, 14)))
    assert case.tell(Lapse(clock="respond", occurrence=1, proposal=1)) == ()
    case.tell(RecordNotice(clock="respond", sent_on=date(2026, 10, 8), means="post"))
    assert case.due("respond") == date(2026, 12, 3)
