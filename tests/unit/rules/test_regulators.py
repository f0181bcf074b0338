"""Whom a customer may turn to: named once, by the name of the day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from shared.rules.regimes import load_regimes
from shared.rules.regimes.rules import Kind
from shared.rules.regulators import load_regulators, on_day, read_regulators
from shared.rules.tables import RuleFileError

TODAY = date(2026, 11, 25)
LATER = """
[[regulators.commissioner]]
name = "Commissioner"
website = "www.example.org"
phone = "0300 000 0000"
citation = "An Act"

[[regulators.commissioner]]
name = "Commission"
website = "www.example.org"
phone = "0300 000 0000"
citation = "Another Act"
from_on = 2027-04-01
"""


def test_given_a_body_that_another_takes_over_when_it_is_asked_for_then_it_has_the_name_of_the_day() -> None:
    entries = read_regulators("regulators.toml", LATER)["commissioner"]
    names = {
        day: found.name
        for day in (date(2001, 1, 1), date(2027, 3, 31), date(2027, 4, 1))
        if (found := on_day(entries, day))
    }
    assert list(names.values()) == ["Commissioner", "Commissioner", "Commission"]


def test_given_the_information_commission_when_its_day_is_not_known_then_the_commissioner_still_holds() -> (
    None
):
    entries = load_regulators()["information-commissioner"]
    assert [each.name for each in entries] == ["Information Commissioner", "Information Commission"]
    for day in (TODAY, TODAY + timedelta(days=3650)):
        found = on_day(entries, day)
        assert found
        assert found.name == "Information Commissioner"


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("from_on = 2027-04-01", "", "Commission needs a later from_on than Commissioner, or what it awaits"),
        ("from_on = 2027-04-01", 'from_on = 2027-04-01\nawaits = "an Act"', "needs a later from_on"),
        ('citation = "An Act"', 'citation = "An Act"\nawaits = "an Act"', "nobody is there until then"),
        ("from_on = 2027-04-01", 'from_on = "April"', "commissioner Commission: from_on must be a date"),
        ('phone = "0300 000 0000"\n', "", "commissioner Commissioner: phone is missing"),
    ],
)
def test_given_a_fault_in_the_list_when_it_is_read_then_it_is_named(
    before: str, after: str, message: str
) -> None:
    with pytest.raises(RuleFileError) as caught:
        read_regulators("regulators.toml", LATER.replace(before, after, 1))
    assert str(caught.value).startswith("regulators.toml")
    assert message in str(caught.value)


def test_given_the_regimes_when_they_are_asked_then_each_with_a_customer_names_somebody_outside_the_council() -> (
    None
):
    for regime in load_regimes().values():
        wanted = regime.kind in {Kind.COMPLAINT, Kind.INFORMATION_REQUEST}
        assert (regime.ombudsman_on(TODAY) is not None) is wanted, regime.name


def test_given_a_checklist_when_it_speaks_of_the_ombudsman_then_the_name_is_left_to_the_list() -> None:
    names = {each.name for entries in load_regulators().values() for each in entries}
    texts = [
        item.text
        for regime in load_regimes().values()
        for letter in regime.letters
        for item in letter.contains
    ]
    assert [text for text in texts if any(name in text for name in names)] == []
