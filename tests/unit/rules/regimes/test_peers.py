"""Where other systems' dates and ours agree, where not, and why."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from shared.rules.calendar.days import BankHoliday, Calendar, Nation, Region
from shared.rules.regimes.arithmetic import ARITHMETICS, Paused
from shared.rules.regimes.due_date import due
from shared.rules.regimes.loading import Regimes
from shared.rules.regimes.refused import ClockRefused
from tests.unit.rules.regimes.peers import LAST_OF_FEBRUARY, PEERS, Peer

ROOT = Path(__file__).resolve().parents[4]
SHARED = ROOT.parent / "shared" / "vectors" / "peers.csv"
PAGE = ROOT / "docs" / "reference" / "peers-dates.md"


def ours(peer: Peer) -> date:
    days = tuple(
        BankHoliday(date.fromisoformat(day), "holiday", frozenset(Nation), "the other system's test")
        for day in peer.holidays
    )
    calendar = Calendar("of the row", date(2007, 1, 1), date(2026, 12, 31), days, Region.ENGLAND_AND_WALES)
    pauses = [Paused(*map(date.fromisoformat, peer.paused))] if peer.paused else []
    return ARITHMETICS[peer.arithmetic].count(peer.base, peer.length, calendar, pauses).due


@pytest.mark.parametrize("peer", PEERS, ids=[peer.id for peer in PEERS])
def test_given_a_peers_date_when_ours_is_computed_with_its_holidays_then_we_agree_or_say_why_not(
    peer: Peer,
) -> None:
    assert ours(peer) == peer.ours
    assert peer.agree == (not peer.why)


@pytest.mark.parametrize("year", range(2024, 2032))
def test_given_the_last_of_january_when_a_month_is_counted_then_it_ends_with_february_and_rolls(
    regimes: Regimes, calendar: Calendar, year: int
) -> None:
    working = due(regimes["sar"], "respond", date(year, 1, 31), [], calendar)
    last = date(year, 2, 29 if year % 4 == 0 else 28)
    assert working.unrolled == last
    assert working.due == {5: date(year, 3, 2), 6: date(year, 3, 1)}.get(last.weekday(), last)


def test_given_a_stopped_request_of_2025_when_the_regime_is_asked_then_there_is_no_pause(
    regimes: Regimes, calendar: Calendar
) -> None:
    with pytest.raises(ClockRefused) as caught:
        due(
            regimes["sar"],
            "respond",
            date(2025, 11, 1),
            [Paused(date(2025, 11, 5), date(2025, 11, 6))],
            calendar,
        )
    assert caught.value.code == "pause-not-in-force"


def test_given_the_shared_list_of_peers_dates_when_it_is_read_then_every_row_is_judged_here() -> None:
    if not SHARED.is_file():
        pytest.skip("the shared list of peers' dates isn't beside the project")
    with SHARED.open(encoding="utf-8-sig", newline="") as file:
        rows = {row["id"]: row for row in csv.DictReader(file)}
    judged = {peer.id: peer for peer in PEERS}
    assert set(rows) == {*judged, LAST_OF_FEBRUARY}
    for name, peer in judged.items():
        assert rows[name]["expected_date"] == peer.theirs.isoformat(), name
        if peer.paused is None:  # that row starts from the old deadline, not from the receipt
            assert (rows[name]["start_date"], rows[name]["n"]) == (peer.base.isoformat(), str(peer.length)), (
                name
            )


def test_given_the_page_on_peers_dates_when_it_is_read_then_it_has_a_line_for_each() -> None:
    text = PAGE.read_text(encoding="utf-8")
    for peer in PEERS:
        verdict = "agree" if peer.agree else peer.why
        assert (
            f"| {peer.id} | {peer.arithmetic} | {peer.base} | {peer.theirs} | {peer.ours} | {verdict} |"
            in text
        )
