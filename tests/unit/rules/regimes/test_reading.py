"""A regime file is read strictly: what isn't known or doesn't fit stops the start, not a case."""

from __future__ import annotations

from datetime import date
from importlib.resources import files

import pytest

from shared.rules.regimes.loading import Regimes
from shared.rules.regimes.reading import read_regime
from shared.rules.regimes.refused import ClockRefused
from shared.rules.tables import RuleFileError


def text(name: str) -> str:
    return (files("shared.rules.regimes") / f"{name}.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "before", "after", "message"),
    [
        ("foi", 'title = "Request"', 'titel = "Request"', "title is missing"),
        ("foi", 'title = "Request"', 'title = "Request"\ncolour = "red"', "unknown colour"),
        ("foi", 'citation = "FOIA s.9(1)"\n', "", "citation is missing"),
        ("foi", 'citation = "FOIA s.9(1)"', 'citation = " "', "citation must be a text"),
        ("foi", 'citation = "FOIA s.9, s.10(2)"\n', "", "citation is missing"),
        ("foi", "length = 40", 'length = "40"', "length must be a whole number"),
        ("foi", "length = 40", "length = 0", "length must be at least 1"),
        ("foi", "length = 40", "length = true", "length must be a whole number"),
        ("foi", "length = 40", "length = 40.0", "length must be a whole number"),
        ("foi", 'unit = "months"', 'unit = "days"', "month-inclusive doesn't count days"),
        ("foi", '"month-inclusive"', '"month-exclusive"', "there is no arithmetic 'month-exclusive'"),
        ("foi", 'role = "limit"', 'role = "wish"', "role must be one of duty, backstop, limit"),
        ("foi", 'ladder = "answer"', 'ladder = "rope"', "there is no ladder 'rope'"),
        ("foi", 'ladder = "answer"\n', "", "a duty or a backstop has a ladder"),
        (
            "foi-school",
            "needs_school = true\n",
            "",
            "needs_school goes with a clock that counts a school's days",
        ),
        (
            "foi-school",
            'at_most = "respond_latest"',
            'at_most = "never"',
            "is at most the unknown clock never",
        ),
        (
            "foi-school",
            'at_most = "respond_latest"',
            'at_most = "internal_review"',
            "plain days from the same day",
        ),
        ("corporate", 'stands_behind = "stage1_respond"\n', "", "a backstop stands behind a clock"),
        ("corporate", '= "stage1_respond"', '= "stage9_respond"', "behind the unknown clock stage9_respond"),
        ("corporate", '= "stage1_respond"', '= "stage1_acknowledge"', "no duty met by stage1:responded"),
        (
            "foi",
            "[ladders]",
            'answering_acknowledges = "so"\n[ladders]',
            "no clock waits for an acknowledgement",
        ),
        ("foi", 'base = ["received", "clarified"]', 'base = ["arrived"]', "unknown arrived"),
        ("foi", 'base = ["request:responded"]', 'base = ["enquiry:responded"]', "unknown enquiry:responded"),
        ("foi", 'counts = "working-days"', 'counts = "calendar-days"', "can't take out calendar-days"),
        (
            "foi",
            'end_by = "fee_payment_limit"',
            'end_by = "internal_review"',
            "doesn't count from fees-notice-given",
        ),
        ("foi", 'ask_by = "fees_notice_latest"', 'ask_by = "tomorrow"', "unknown clock tomorrow"),
        (
            "foi",
            'ceiling = "respond_extended"',
            'ceiling = "internal_review_max"',
            "count from different days",
        ),
        ("foi", 'ceiling = "respond_extended"', 'ceiling = "for_ever"', "unknown clock for_ever"),
        (
            "foi",
            'requires = ["reason", "notice"]',
            'requires = ["luck"]',
            "requires must be one of reason, notice, ombudsman-details, agreement, not 'luck'",
        ),
        ("foi", 'letter = "public-interest-notice"', 'letter = "card"', "unknown letter card"),
        ("foi", 'name = "fees_notice_latest"', 'name = "respond"', "clocks respond stands twice"),
        ("foi", 'next = "review"', 'next = "appeal"', "leads to the unknown appeal"),
        ("foi", 'base = "clarified"', 'base = "fee-received"', "doesn't count from fee-received"),
        (
            "foi",
            'to = "officer"',
            'to = "mayor"',
            "ladders answer 1: to must be one of officer, head-of-service, not 'mayor'",
        ),
        ("foi", ', to = "head-of-service" },\n]', ', to = "officer" },\n]', "ends with the head of service"),
        ("corporate", 'latest = "stage1_acknowledge"\n', "", "its latest is stage1_acknowledge"),
        ("corporate", 'latest = "stage2_acknowledge"', 'latest = "stage2_respond"', "is stage2_acknowledge"),
        (
            "foi",
            "effective_from = 2018-07-04",
            'effective_from = "2018-07-04"',
            "effective_from must be a date",
        ),
        (
            "foi",
            "effective_from = 2018-07-04",
            "effective_from = 2018-07-04T00:00:00",
            "effective_from must be a date",
        ),
        ("foi", 'requires = ["reason", "notice"]', "requires = []", "requires must not be empty"),
        ("foi", 'requires = ["reason", "notice"]', 'requires = "reason"', "requires must be a list"),
        ("foi", "{ offset = -10,", "{ offset = 10,", "the rungs of a ladder must stand in order"),
        ("foi", '{ offset = -10, to = "officer" }', "{ offset = -10 }", "ladders answer 1: to is missing"),
        ("foi", '{ name = "amount", text = "The fee" },', '"amount",', "contains must be a table"),
        ("foi", 'title = "Request"', "title = 1", "foi.toml stages request: title must be a text, not 1"),
        ("foi", "fresh_eyes = true", 'fresh_eyes = "yes"', "fresh_eyes must be true or false"),
        ("foi", "closing_grounds = [", "closing_grounds = [] # [", "council's own has closing_grounds"),
        ("foi", 'citation = "FOIA s.17(6)"\n', "", "citation is missing"),
        ("foi", 'letter = "claim-notice"', 'letter = "response"', "has no refusal letter response"),
        ("foi", 'considered = "The earlier', 'limit = "respond" # "The earlier', "has to be considered"),
        ("foi", 'ombudsman = "information-commissioner"\n', "", "names the ombudsman"),
        ("foi", 'ombudsman = "information-commissioner"', 'ombudsman = "me"', "there is no regulator 'me'"),
        ("eir", 'letter = "unfinished-material"', 'letter = "refusal"', "refuses on no ground"),
        (
            "children",
            'limit = "acceptance_limit"',
            'limit = "stage1_respond"',
            "is no limit that counts months",
        ),
        ("foi", "[[stages]]", "[stages", "foi.toml: "),
        ("sar", 'counts = "calendar-days"', 'counts = "working-days"', "can't take out working-days"),
        (
            "compliment",
            'without_clock = "No statute or code sets a time for a compliment"',
            "",
            "either clocks or without_clock",
        ),
        ("service-request", 'kinds = ["complaint"]', 'kinds = ["none"]', "under another kind of regime"),
        ("service-request", 'kinds = ["complaint"]', 'kinds = ["ombudsman"]', "none of an Ombudsman's"),
    ],
)
def test_given_a_fault_in_a_regime_file_when_it_is_read_then_the_place_is_named(
    name: str, before: str, after: str, message: str
) -> None:
    whole = text(name)
    assert before in whole
    with pytest.raises(RuleFileError) as caught:
        read_regime(f"{name}.toml", whole.replace(before, after, 1))
    assert str(caught.value).startswith(f"{name}.toml")
    assert message in str(caught.value)


def test_given_two_versions_of_a_regime_when_a_case_asks_then_it_gets_the_one_of_its_day_or_its_name() -> (
    None
):
    first = read_regime("foi.toml", text("foi"))
    later = read_regime(
        "foi-2027.toml",
        text("foi").replace('"2018-07"', '"2027-04"').replace("= 2018-07-04", "= 2027-04-01"),
    )
    regimes = Regimes([later, first])
    assert list(regimes) == ["foi"]
    assert regimes["foi"] is later
    assert regimes.in_force("foi", date(2027, 3, 31)) is first
    assert regimes.in_force("foi", date(2027, 4, 1)) is later
    assert regimes.in_force("foi", date(2001, 1, 1)) is first
    assert regimes.version("foi", "2018-07") is first
    with pytest.raises(ClockRefused):
        regimes.version("foi", "1999")
    with pytest.raises(RuleFileError, match="stands twice"):
        Regimes([first, first])
