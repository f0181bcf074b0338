"""What the regimes' data promise to the services that read them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from shared.rules.regimes.loading import Regimes
from shared.rules.regimes.rules import Kind, Requirement, Role, Trigger
from shared.rules.regimes.table import table

PAGE = Path(__file__).resolve().parents[4] / "docs" / "reference" / "dates.md"


def names(regimes: Regimes, regime: str, *, role: Role) -> set[str]:
    return {clock.name for clock in regimes[regime].clocks if clock.role is role}


def test_given_the_page_on_dates_when_it_is_compared_then_its_table_is_the_one_of_the_regimes(
    regimes: Regimes,
) -> None:
    assert table(regimes) in PAGE.read_text(encoding="utf-8")


def test_given_the_regimes_when_they_are_listed_then_each_is_of_its_kind(regimes: Regimes) -> None:
    kinds = {name: regime.kind for name, regime in regimes.items()}
    assert {name for name, kind in kinds.items() if kind is Kind.NONE} == {"compliment", "service-request"}
    assert {name for name, kind in kinds.items() if kind is Kind.OMBUDSMAN} == {"lgsco", "housing-ombudsman"}
    assert {name for name, kind in kinds.items() if kind is Kind.INFORMATION_REQUEST} == {
        "foi",
        "foi-school",
        "eir",
        "sar",
    }


def test_given_every_rule_when_it_is_read_then_it_cites_its_source(regimes: Regimes) -> None:
    for regime in regimes.values():
        parts = (
            regime.stages,
            regime.clocks,
            regime.pauses,
            regime.restarts,
            regime.extensions,
            regime.letters,
            regime.refusals,
        )
        for part in (part for group in parts for part in group):
            assert part.citation.strip(), (regime.name, part.name)
        assert regime.prevails
        assert regime.without_pause


@pytest.mark.parametrize(
    ("regime", "stage", "event", "starts", "meets"),
    [
        ("corporate", None, "received", {"stage1_acknowledge", "stage1_backstop"}, {"acceptance_limit"}),
        (
            "corporate",
            "stage1",
            "acknowledged",
            {"stage1_respond", "stage1_respond_extended"},
            {"stage1_acknowledge"},
        ),
        (
            "housing",
            "stage2",
            "responded",
            {"ombudsman_referral_limit"},
            {"stage2_backstop", "stage2_respond", "stage2_respond_extended"},
        ),
        (
            "children",
            "stage3",
            "escalation-requested",
            {"stage3_acknowledge", "stage3_panel_meets_by"},
            {"stage3_request_limit"},
        ),
        ("children", None, "panel-met", {"panel_report"}, {"stage3_panel_meets_by"}),
        ("foi", None, "fees-notice-given", {"fee_payment_limit"}, {"fees_notice_latest"}),
        (
            "foi",
            None,
            "clarified",
            {"respond", "refusal_notice_latest", "respond_extended", "fees_notice_latest"},
            set(),
        ),
        ("sar", None, "identity-received", {"respond", "extension_notice_latest", "respond_extended"}, set()),
        ("lgsco", None, "day-after-notify-period", {"confirmation_of_action"}, set()),
    ],
)
def test_given_an_event_when_a_regime_is_asked_then_it_names_the_clocks_that_start_and_that_are_met(
    regimes: Regimes, *, regime: str, stage: str | None, event: str, starts: set[str], meets: set[str]
) -> None:
    trigger = Trigger(event, stage)
    assert {clock.name for clock in regimes[regime].started_by(trigger)} == starts
    assert {clock.name for clock in regimes[regime].met_by(trigger)} == meets


def test_given_the_late_acknowledgement_trap_when_the_codes_are_read_then_their_backstops_count_from_receipt(
    regimes: Regimes,
) -> None:
    for regime in ("corporate", "housing"):
        assert names(regimes, regime, role=Role.BACKSTOP) == {"stage1_backstop", "stage2_backstop"}
        assert regimes[regime].clock("stage1_backstop").base == (Trigger("received"),)


def test_given_the_three_pauses_of_the_law_when_they_are_read_then_no_other_regime_has_one(
    regimes: Regimes,
) -> None:
    pauses = {(regime.name, pause.name) for regime in regimes.values() for pause in regime.pauses}
    assert pauses == {
        ("foi", "fees-notice"),
        ("foi-school", "fees-notice"),
        ("eir", "advance-payment"),
        ("sar", "clarification"),
    }
    assert regimes["sar"].pauses[0].in_force == date(2026, 2, 5)
    assert regimes["foi"].pauses[0].clocks == ("respond", "refusal_notice_latest", "respond_extended")


def test_given_what_starts_a_clock_anew_when_it_is_read_then_a_subject_access_fee_is_no_pause(
    regimes: Regimes,
) -> None:
    restarts = {(regime.name, restart.name) for regime in regimes.values() for restart in regime.restarts}
    assert restarts == {
        ("foi", "clarification"),
        ("foi-school", "clarification"),
        ("eir", "particulars"),
        ("sar", "identity"),
        ("sar", "fee"),
    }
    assert [restart.name for restart in regimes["sar"].restarts_of("respond")] == ["identity", "fee"]


def test_given_a_date_in_a_letter_when_the_regimes_are_read_then_only_the_ombudsmen_can_give_one(
    regimes: Regimes,
) -> None:
    given = {
        (regime.name, clock.name)
        for regime in regimes.values()
        for clock in regime.clocks
        if clock.given_date
    }
    assert given == {
        ("lgsco", "enquiry_response"),
        ("lgsco", "draft_decision_comments"),
        ("housing-ombudsman", "enquiry_response"),
    }


def test_given_an_extension_under_a_code_when_it_is_read_then_it_wants_the_ombudsmans_details(
    regimes: Regimes,
) -> None:
    for regime in ("corporate", "housing"):
        for extension in regimes[regime].extensions:
            assert Requirement.OMBUDSMAN_DETAILS in extension.requires
    agreed = regimes["adult-care"].extension_of("respond")
    assert agreed
    assert (agreed.ceiling, Requirement.AGREEMENT in agreed.requires) == (None, True)


def test_given_a_final_answer_when_its_checklist_is_read_then_it_points_to_the_next_body(
    regimes: Regimes,
) -> None:
    finals = {
        "corporate": ("stage2-response", "ombudsman"),
        "housing": ("stage2-response", "ombudsman"),
        "children": ("panel-response", "ombudsman"),
        "adult-care": ("response", "ombudsman"),
        "public-health": ("response", "ombudsman"),
        "foi": ("review-response", "ombudsman"),
        "foi-school": ("review-response", "ombudsman"),
        "eir": ("reconsideration-response", "ombudsman"),
        "sar": ("response", "complaint"),
        "dp-complaint": ("response", "ombudsman"),
    }
    for regime, (name, item) in finals.items():
        (letter,) = [letter for letter in regimes[regime].letters if letter.name == name]
        assert item in {contained.name for contained in letter.contains}, regime


def test_given_the_grounds_of_a_refusal_when_they_are_read_then_only_a_repeated_foia_notice_is_not_owed(
    regimes: Regimes,
) -> None:
    without_letter = {
        (regime.name, ground.name, ground.citation)
        for regime in regimes.values()
        for ground in regime.refusals
        if ground.letter is None
    }
    assert without_letter == {(foi, "noticed-before", "FOIA s.17(6)") for foi in ("foi", "foi-school")}


@pytest.mark.parametrize(
    ("regime", "ground", "contains"),
    [
        ("corporate", "already-considered", {"reasons", "ombudsman"}),
        ("housing", "already-considered", {"reasons", "ombudsman"}),
        ("adult-care", "outside-procedure", {"decision", "reasons", "ombudsman"}),
        ("public-health", "outside-procedure", {"decision", "reasons", "ombudsman"}),
        ("foi", "exemption", {"exemption", "why", "public-interest", "internal-review", "ombudsman"}),
        ("foi", "cost-limit", {"claim", "internal-review", "ombudsman"}),
        ("eir", "exception", {"exception", "public-interest", "reconsideration", "ombudsman"}),
        (
            "eir",
            "unfinished-material",
            {"exception", "public-interest", "authority", "finished-by", "reconsideration", "ombudsman"},
        ),
    ],
)
def test_given_a_ground_when_its_letter_is_read_then_it_says_what_the_rule_wants(
    regimes: Regimes, regime: str, ground: str, contains: set[str]
) -> None:
    (found,) = [each for each in regimes[regime].refusals if each.name == ground]
    (letter,) = [each for each in regimes[regime].letters if each.name == found.letter]
    assert {item.name for item in letter.contains} == contains


def test_given_the_time_to_bring_a_matter_when_it_has_passed_then_the_discretion_is_considered_too(
    regimes: Regimes,
) -> None:
    late = {
        regime.name: (ground.limit, bool(ground.considered))
        for regime in regimes.values()
        for ground in regime.refusals
        if ground.name == "out-of-time"
    }
    names = {"corporate", "housing", "children", "adult-care", "public-health"}
    assert late == dict.fromkeys(names, ("acceptance_limit", True))


def test_given_a_stage_when_another_follows_then_it_can_be_found(regimes: Regimes) -> None:
    second = regimes["corporate"].stage("stage2")
    assert second
    assert (second.next, second.fresh_eyes) == (None, True)
    assert regimes["corporate"].stage("stage3") is None
