"""A case from the call to its end: dates, reminder, acknowledgement, answer, closing."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from typing import Any

from shared.rules.calendar import Region, load_calendar, london_day
from tests.e2e.council import DEPARTMENT, HEAD, Council, letters_in

CUSTOMER = "ana@example.org"
CALENDAR, OFFICE = load_calendar(), Region.ENGLAND_AND_WALES


def standing_of(clocks: Any, name: str) -> list[str]:
    """How each run of a clock stands."""
    return [clock["state"] for clock in clocks["clocks"] if clock["clock"] == name]


async def test_a_case_lives_from_the_call_to_its_end(council: Council) -> None:
    today = CALENDAR.on_or_before(london_day(datetime.now(UTC)), OFFICE)
    called_on = CALENDAR.add_working_days(today, -8, OFFICE)
    answer = await council.sends(
        {
            "message_id": "life",
            "submitted_at": called_on.isoformat(),
            "channel": "phone",
            "customer": {"name": "Ana Example", "email": CUSTOMER},
            "subject": "Missed collection",
            "text": "The bins of our street were not emptied.",
        }
    )
    case = answer.json()["reference"]
    await council.does(case, "triage", regime="corporate")
    await council.does(case, "assign", department=DEPARTMENT)

    # Eight working days old and not acknowledged: the head of service is told, once, and the date is missed.
    reminder = await council.letter_to(HEAD, case)
    assert "head of service" in reminder.get_content()
    clocks = f"/cases/{case}/clocks"
    await council.until(
        "deadlines", clocks, lambda found: standing_of(found, "stage1_acknowledge") == ["missed"]
    )

    letter = {"means": "email", "subject": "Your complaint", "text": "We are looking into it."}
    await council.does(case, "acknowledge", **letter)
    acknowledgement = await council.letter_to(CUSTOMER, "Your complaint")
    assert "We are looking into it." in acknowledgement.get_content()
    await council.until(
        "deadlines", clocks, lambda found: standing_of(found, "stage1_respond") == ["running"]
    )

    answered = {"means": "email", "subject": "Our answer", "text": "The crew has been back."}
    await council.does(case, "respond", outcome="upheld", **answered)
    await council.letter_to(CUSTOMER, "Our answer")
    await council.until("deadlines", clocks, lambda found: standing_of(found, "stage1_respond") == ["met"])
    await council.does(case, "close", ground="answered")

    wanted = "case-opened", "triaged", "reminder-due", "missed", "acknowledged", "met", "responded", "closed"
    events = Counter(await council.timeline(case, *wanted, "sent"))
    assert [events[name] for name in ("case-opened", "acknowledged", "responded", "closed")] == [1] * 4
    assert events["sent"] == events["requested"] == 3
    ids = Counter(letter["Message-ID"] for letter in letters_in(council.site.home / "mail"))
    assert set(ids.values()) == {1}

    shown = (await council.asks("intake", f"/cases/{case}")).json()
    assert (shown["standing"], shown["customer"]["email"]) == ("closed", CUSTOMER)


async def test_a_request_to_a_school_is_answered_within_that_schools_days(council: Council) -> None:
    sent = await council.sends(
        {
            "message_id": "school",
            "submitted_at": "2026-07-10",
            "customer": {"name": "Ana Example"},
            "text": "Please send me the minutes of the governors' meetings.",
        }
    )
    case = sent.json()["reference"]
    url = f"{council.site.url('intake')}/cases/{case}/triage"
    refused = await council.office.post(url, json={"regime": "foi-school", "school": "elm"})
    assert (refused.status_code, refused.json()["code"]) == (409, "no-such-school")
    assert "oakfield" in refused.json()["title"]
    await council.does(case, "triage", regime="foi-school", school="oakfield")
    found = await council.until(
        "deadlines", f"/cases/{case}/clocks", lambda found: standing_of(found, "respond") != []
    )
    due = {clock["clock"]: clock["due_on"] for clock in found["clocks"]}
    assert (due["respond"], due["respond_latest"]) == ("2026-09-22", "2026-10-07")
    why = (await council.asks("deadlines", f"/cases/{case}/why?clock=respond")).text
    assert "No session at Oakfield Primary School (staff training)" in why


async def test_a_service_request_that_becomes_a_complaint_counts_from_the_day_on_which_it_became_one(
    council: Council,
) -> None:
    sent = await council.sends(
        {
            "message_id": "anew",
            "submitted_at": "2026-06-01",
            "customer": {"name": "Ana Example"},
            "text": "The street light at our corner is out.",
        }
    )
    case = sent.json()["reference"]
    url = f"{council.site.url('intake')}/cases/{case}/triage"
    early = await council.office.post(url, json={"regime": "foi", "received_on": "2026-07-20"})
    assert (early.status_code, early.json()["code"]) == (409, "no-new-beginning")
    await council.does(case, "triage", regime="service-request")
    answer = {"means": "post", "subject": "Your street light", "text": "It is mended."}
    await council.does(case, "respond", outcome="resolved", sent_on="2026-07-10", **answer)
    actions = (await council.asks("intake", f"/cases/{case}/actions")).json()["actions"]
    (triage,) = (each for each in actions if each["command"] == "triage")
    (corporate,) = (each for each in triage["choices"] if each["values"]["regime"] == ["corporate"])
    assert corporate["hints"]["received_on"]["required"]
    assert "1.7" in corporate["hints"]["citation"]

    await council.does(case, "triage", regime="corporate", received_on="2026-07-20")
    await council.does(case, "correct-receipt", received_on="2026-05-28", reason="It lay with Parks.")
    found = await council.until(
        "deadlines", f"/cases/{case}/clocks", lambda found: standing_of(found, "stage1_acknowledge") != []
    )
    due = {clock["clock"]: clock["due_on"] for clock in found["clocks"]}
    assert due["stage1_acknowledge"] == "2026-07-27"
    shown = (await council.asks("intake", f"/cases/{case}")).json()
    assert (shown["receipt"]["received_on"], shown["regime"]["received_on"]) == ("2026-05-28", "2026-07-20")
    assert await council.timeline(case, "first-contact-corrected")
