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
from tests.unit.deadlines.facts import fact, happened, received
from tests.unit.deadlines.telling import REASON, given, run

COMPLAINT = (*received("corporate", date(2026, 6, 1)), happened("stage1:acknowledged", date(2026, 6, 3)))
"""A corporate complaint, acknowledged on 3 June 2026: due on 17 June."""
SAR = received("sar", date(2026, 9, 3))
"""A subject access request of 3 September 2026: due on 5 October, at most on 3 December."""


def proposal(**changes: Any) -> ProposeExtension:
    """More time for the complaint's answer, until 30 June."""
    fields: dict[str, Any] = {
        "clock": "stage1_respond",
        "new_due_on": date(2026, 6, 30),
        "reason": REASON,
        "ombudsman_details": True,
    }
    return ProposeExtension(**{**fields, **changes})


PROPOSED = (*COMPLAINT, date(2026, 6, 10), proposal())
"""The complaint, of which an extension was proposed on 10 June."""
LAPSE = Lapse(clock="stage1_respond", occurrence=1, proposal=1)


def extension(to: date, notice_sent_on: date | None = None, **more: Any) -> ProposeExtension:
    """More time for the answer to a request."""
    return ProposeExtension(
        clock="respond", new_due_on=to, reason=REASON, notice_sent_on=notice_sent_on, **more
    )


def test_an_extension_is_proposed_first_and_moves_nothing_yet() -> None:
    case = given(*COMPLAINT, date(2026, 6, 10)).when(proposal(new_due_on=date(2026, 7, 1)))
    (event,) = case.events()
    assert isinstance(event, ExtensionProposed)
    assert (event.ceiling, event.notice_by, event.citation) == (
        date(2026, 7, 1),
        date(2026, 6, 17),
        "LGSCO Code 6.4, 6.5",
    )
    assert run(case, "stage1_respond").due_on == date(2026, 6, 17)


def test_the_notice_sent_on_the_last_day_brings_it_into_force() -> None:
    extended, moved = (
        given(*PROPOSED, date(2026, 6, 17))
        .when(RecordNotice(clock="stage1_respond", sent_on=date(2026, 6, 17), means="email", proposal=1))
        .events()
    )
    assert isinstance(extended, Extended)
    assert isinstance(moved, DueDateMoved)
    assert (moved.cause, moved.due_on) == ("extended", date(2026, 6, 30))
    assert "told on Wednesday 17 June 2026" in moved.working["note"]


def test_a_notice_after_the_original_date_extends_nothing() -> None:
    given(*PROPOSED, date(2026, 6, 18)).when(
        RecordNotice(clock="stage1_respond", sent_on=date(2026, 6, 18), means="post")
    ).refused("extension-too-late", "LGSCO Code 6.4, 6.5")


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
    given(*COMPLAINT, date(2026, 6, 10)).when(proposal(**changes)).refused(code, "LGSCO Code 6.4, 6.5")


def test_an_extension_is_proposed_by_the_due_date_that_day_included() -> None:
    given(*COMPLAINT, date(2026, 6, 17)).when(proposal()).then_kinds(ExtensionProposed)
    given(*COMPLAINT, date(2026, 6, 18)).when(proposal()).refused("extension-too-late")


def test_a_letter_posted_in_time_and_entered_late_extends_after_all() -> None:
    case = given(*COMPLAINT, date(2026, 6, 25)).when(proposal(notice_sent_on=date(2026, 6, 16)))
    assert run(case, "stage1_respond").due_on == date(2026, 6, 30)


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
    proposed, *_ = given(*COMPLAINT, date(2026, 6, 10)).when(proposal(**told)).events()
    assert isinstance(proposed, ExtensionProposed)
    assert proposed.means == means


def test_the_acknowledgement_cannot_be_extended() -> None:
    given(*received("corporate", date(2026, 6, 1)), date(2026, 6, 2)).when(
        ProposeExtension(clock="stage1_acknowledge", new_due_on=date(2026, 6, 10))
    ).refused("no-extension", "LGSCO Code 6.2")


def test_an_extension_whose_notice_may_still_leave_does_not_lapse() -> None:
    given(*PROPOSED).when(LAPSE).nothing()


def test_without_its_notice_an_extension_lapses_and_the_old_date_is_missed() -> None:
    missed = PassDue(clock="stage1_respond", occurrence=1, due_on=date(2026, 6, 17))
    given(*PROPOSED, date(2026, 6, 18)).when(missed).then_kinds(ExtensionLapsed, Missed)
    given(*PROPOSED, date(2026, 6, 18), missed).when(LAPSE).refused("settled")


def test_a_notice_posted_in_time_revives_an_extension_that_had_lapsed() -> None:
    case = given(*PROPOSED, date(2026, 6, 18), LAPSE).when(
        RecordNotice(clock="stage1_respond", sent_on=date(2026, 6, 16), means="post")
    )
    assert run(case, "stage1_respond").due_on == date(2026, 6, 30)


def test_children_s_stage_2_goes_to_65_working_days_and_no_further_reg_17_6() -> None:
    case = given(
        *received("children", date(2026, 1, 5)),
        happened("stage2:escalation-requested", date(2026, 3, 2)),
        date(2026, 4, 8),
    )
    fields: dict[str, Any] = {"clock": "stage2_respond", "reason": REASON}
    case.when(ProposeExtension(new_due_on=date(2026, 6, 8), **fields)).refused(
        "extension-too-long", "SI 2006/1738 reg 17(6)"
    )
    case.when(ProposeExtension(new_due_on=date(2026, 6, 5), **fields)).then_kinds(ExtensionProposed)


def test_adults_agree_to_a_longer_period_before_it_expires_reg_14_3() -> None:
    of_15_march, longer = received("adult-care", date(2026, 3, 15)), date(2027, 1, 29)
    given(*of_15_march, date(2026, 9, 14)).when(extension(longer)).refused(
        "extension-incomplete", "SI 2009/309 reg 14(3)(b)"
    )
    case = given(*of_15_march, date(2026, 9, 14), extension(longer, agreed_on=date(2026, 9, 14))).when(
        RecordNotice(clock="respond", sent_on=date(2026, 9, 14), means="email")
    )
    assert run(case).due_on == longer


def test_an_agreement_after_the_period_expired_extends_nothing() -> None:
    given(*received("adult-care", date(2026, 3, 15)), date(2026, 9, 20)).when(
        extension(date(2027, 1, 29), date(2026, 9, 14), agreed_on=date(2026, 9, 15))
    ).refused("extension-too-late", "SI 2009/309 reg 14(3)(b)")


def test_an_agreement_in_writing_with_the_ombudsman_is_enough_lga_31_2() -> None:
    case = given(
        *received("corporate", date(2026, 1, 5)),
        fact(Fact.REFERRED, date(2026, 5, 1), about="r1", regime="lgsco", regime_version="2008-04"),
        happened("report-received", date(2026, 6, 1)),
        date(2026, 7, 1),
    ).when(
        ProposeExtension(
            clock="public_report_notify_action", new_due_on=date(2026, 10, 30), agreed_on=date(2026, 7, 1)
        )
    )
    assert run(case, "public_report_notify_action").due_on == date(2026, 10, 30)


def test_beyond_guidance_an_officer_has_to_say_so_foia_10_3() -> None:
    case = given(*received("foi", date(2026, 6, 1)), date(2026, 6, 20))
    case.when(extension(date(2026, 8, 31))).refused("extension-too-long", "FOIA s.10(3), s.17(1)-(2)")
    case.when(extension(date(2026, 8, 31), beyond_guidance=True)).then_kinds(ExtensionProposed)


def test_one_extension_at_a_time_waits_for_its_notice() -> None:
    proposed = extension(date(2026, 7, 20))
    given(*received("foi", date(2026, 6, 1)), date(2026, 6, 20), proposed).when(proposed).refused(
        "extension-pending"
    )


PAUSED = Pause(kind="clarification", on=date(2026, 9, 8), until=date(2026, 9, 14))


def test_a_pause_after_the_notice_moves_the_extended_date_too() -> None:
    case = given(*SAR, date(2026, 9, 20), extension(date(2026, 12, 3), date(2026, 9, 7))).when(PAUSED)
    assert run(case).due_on == date(2026, 12, 10)


def test_an_extension_after_the_pause_has_the_pause_in_its_ceiling() -> None:
    case = given(*SAR, date(2026, 9, 20), PAUSED).when(extension(date(2026, 12, 10), date(2026, 9, 20)))
    assert run(case).due_on == date(2026, 12, 10)


def test_an_extension_in_the_middle_of_a_pause_ends_at_the_ceiling_too() -> None:
    case = given(
        *SAR,
        date(2026, 9, 10),
        Pause(kind="clarification", on=date(2026, 9, 8)),
        extension(date(2026, 12, 7), date(2026, 9, 10)),
        date(2026, 9, 20),
    ).when(Resume(kind="clarification", on=date(2026, 9, 14)))
    assert run(case).due_on == date(2026, 12, 10)


def test_a_restart_begins_without_the_extension_of_the_time_before() -> None:
    case = given(
        *received("foi", date(2026, 3, 2)),
        date(2026, 3, 10),
        extension(date(2026, 4, 30), date(2026, 3, 10)),
        date(2026, 3, 12),
    ).when(Restart(kind="clarification", on=date(2026, 3, 12)))
    assert run(case).due_on == date(2026, 4, 14)


def test_the_pause_moves_the_last_day_for_the_notice_as_well_art_12a_5() -> None:
    case = given(*SAR, date(2026, 9, 7), extension(date(2026, 12, 3)), date(2026, 10, 8), PAUSED)
    case.when(Lapse(clock="respond", occurrence=1, proposal=1)).nothing()
    told = case.when(RecordNotice(clock="respond", sent_on=date(2026, 10, 8), means="post"))
    assert run(told).due_on == date(2026, 12, 3)
