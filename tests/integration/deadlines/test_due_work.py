"""From the log to clocks, reminders and missed dates: once each, whatever is killed or read again."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID, uuid4

from deploy.sandbox import SCHOOLS
from services.deadlines.application.terms import owe_new_terms
from services.deadlines.due import PRINCIPAL, gate
from shared.contracts.deadlines import FactNoted, Missed, ReminderDue
from shared.contracts.intake import (
    Acknowledged,
    CaseRefused,
    Closed,
    ContributionRequested,
    EscalationRequested,
    Reopened,
    Responded,
    Triaged,
)
from shared.contracts.notifications import OutcomeSettled, Sent
from shared.contracts.ombudsman import EnquiryAnswered, EnquiryReceived, ReferralOpened
from shared.kit.due import DueRow, insert_due
from shared.kit.events import Plain
from shared.kit.eventstore import BEGINNING
from shared.kit.log.subscriber.received import open_bytes
from shared.rules.calendar import Calendar, Region, load_calendar
from shared.rules.calendar.london import LONDON, london_day
from shared.rules.calendar.schools import load_schools
from tests.integration.deadlines.world import DEPARTMENT, Case, World
from tests.kit.day import today

CALENDAR: Calendar = load_calendar()


def working_days_ago(count: int) -> date:
    """That many working days before today, or before the last one."""
    last = CALENDAR.on_or_before(today(), Region.ENGLAND_AND_WALES)
    return CALENDAR.add_working_days(last, -count, Region.ENGLAND_AND_WALES)


async def later(world: World, days: int) -> None:
    """So many working days after the last one that decisions were told, whatever had come due is done."""
    on = CALENDAR.on_or_before(london_day(world.now()), Region.ENGLAND_AND_WALES)
    then = CALENDAR.add_working_days(on, days, Region.ENGLAND_AND_WALES)
    world.at = datetime.combine(then, time(12), UTC)
    await world.pool.execute(
        "UPDATE due_work SET claim_at = now(), due_at = now() WHERE due_at <= $1", world.at
    )
    await world.until_quiet()


async def reminded(world: World, case: Case, clock: str) -> list[tuple[int, str]]:
    """The rungs of a clock's ladder that were reached, each with whom it reminds."""
    recorded = [one.event for one in await world.store.load(f"clock-{case.key}")]
    return [
        (event.offset, event.rung)
        for event in recorded
        if isinstance(event, ReminderDue) and event.clock == clock
    ]


async def missed(world: World, case: Case) -> list[str]:
    """The clocks that were missed."""
    recorded = [one.event for one in await world.store.load(f"clock-{case.key}")]
    return [event.clock for event in recorded if isinstance(event, Missed)]


async def counted(world: World, kind: str) -> int:
    """How many events of a kind the store has."""
    found: int = await world.pool.fetchval(
        "SELECT count(*) FROM stored_events WHERE topic = $1", f"redress.deadlines.{kind}.v1"
    )
    return found


async def test_a_case_gets_its_clocks_and_its_answer_meets_them(world: World) -> None:
    case = await Case(world, "CASE-2026-000001").open("corporate", today())
    await case.hear(Acknowledged(stage="stage1", sent_on=today(), means="email"))
    async with world.at_work():
        await world.until_quiet()
        await case.hear(Responded(stage="stage1", sent_on=today(), means="email"))
        await world.until_quiet()
    runs = (await world.state(case.key)).runs
    assert {clock for (clock, _), run in runs.items() if run.met_on} == {
        "stage1_acknowledge",
        "stage1_respond",
        "stage1_respond_extended",
    }


async def test_a_case_that_nobody_acknowledges_is_reminded_of_its_answer_until_somebody_does(
    world: World,
) -> None:
    case = await Case(world, "CASE-2026-000001").open("corporate", working_days_ago(14))
    async with world.at_work(pollers=2):
        await world.until_quiet()
        assert await reminded(world, case, "stage1_backstop") == [(-2, "officer")]
        assert await missed(world, case) == ["stage1_acknowledge"]
        await later(world, 2)
        assert await reminded(world, case, "stage1_backstop") == [(-2, "officer"), (1, "head-of-service")]
        assert await missed(world, case) == ["stage1_acknowledge", "stage1_backstop"]
        await case.hear(Acknowledged(stage="stage1", sent_on=london_day(world.now()), means="email"))
        await world.until_quiet()
        await later(world, 3)
    assert await reminded(world, case, "stage1_backstop") == [(-2, "officer"), (1, "head-of-service")]
    runs = (await world.state(case.key)).runs
    assert runs["stage1_backstop", 1].stopped == "superseded"
    assert runs["stage1_respond", 1].live


async def test_a_refusal_meets_the_clock_of_a_request_and_its_review_runs_from_when_it_is_asked_for(
    world: World,
) -> None:
    received, left = date(2026, 6, 1), date(2026, 6, 10)
    case = await Case(world, "CASE-2026-000002").open("foi", received)
    refused = CaseRefused(
        stage="request",
        ground="exemption",
        citation="FOIA s.2, s.17(1)",
        ombudsman="Information Commissioner",
        sent_on=left,
        means="email",
    )
    async with world.at_work():
        await case.hear(refused, on=left)
        await world.until_quiet()
        await case.hear(Reopened(), on=date(2026, 6, 20))
        await case.hear(
            EscalationRequested(from_stage="request", stage="review", requested_on=date(2026, 6, 20)),
            on=date(2026, 6, 20),
        )
        await world.until_quiet()
    runs = (await world.state(case.key)).runs
    respond, review = runs["respond", 1], runs["internal_review", 1]
    assert (respond.met_on, respond.late, respond.stopped) == (left, False, None)
    assert (review.base_date, review.live) == (date(2026, 6, 20), True)


async def test_three_pollers_that_are_stopped_and_started_record_each_thing_once(world: World) -> None:
    cases = []
    for number in range(8):
        case = await Case(world, f"CASE-2026-1{number:05}").open("corporate", working_days_ago(6))
        cases.append(case)
    for _ in range(12):
        async with world.at_work(pollers=3):
            await asyncio.sleep(0.03)
    async with world.at_work(pollers=3):
        await world.until_quiet()
    for case in cases:
        kinds = await case.kinds()
        assert kinds.count("fact-noted") == 2
        assert kinds.count("clock-started") == 2
        assert kinds.count("missed") == 1
        assert kinds.count("reminder-due") == 1


async def test_reading_the_whole_log_again_reminds_nobody_twice(world: World) -> None:
    case = await Case(world, "CASE-2026-000001").open("corporate", working_days_ago(6))
    async with world.at_work():
        await world.until_quiet()
        before = await case.kinds()
        rows = await world.store.read_after(BEGINNING, 1000)
        async with world.pool.acquire() as connection, connection.transaction():
            for row in rows:
                item = open_bytes(row.envelope.key, (0, 0, 0), tuple(row.envelope.headers()), row.state)
                assert item.received is not None
                await insert_due(connection, world.reactor.react(item.received), "service:deadlines")
        await world.until_quiet()
    assert await case.kinds() == before


async def test_a_ladder_that_starts_late_sends_only_its_highest_rung(world: World) -> None:
    case = await Case(world, "CASE-2026-000001").open("corporate", working_days_ago(20))
    async with world.at_work(pollers=3):
        await world.until_quiet()
    for clock in ("stage1_acknowledge", "stage1_backstop"):
        assert len(await reminded(world, case, clock)) == 1


async def test_a_reminder_waits_until_the_case_is_assigned_to_somebody(world: World) -> None:
    """Else an old case that is triaged and assigned a minute later would lose its only reminder."""
    case = await Case(world, "CASE-2026-000001").open("corporate", working_days_ago(9), assigned=False)
    async with world.at_work():

        async def told() -> bool:
            return "reminder-due" in await case.kinds()

        await world.until(lambda: missed(world, case))
        await world.until_quiet()
        assert not await told()
        await case.assign()
        await world.until(told)
    assert (await case.kinds()).count("reminder-due") == 1


async def test_an_unassigned_case_that_was_closed_leaves_no_reminder_waiting(world: World) -> None:
    case = await Case(world, "CASE-2026-000001").open("corporate", working_days_ago(20), assigned=False)
    await case.hear(Closed(ground="withdrawn", closed_on=today()))
    async with world.at_work():
        await world.until(lambda: _nothing_owed(world))
    assert "reminder-due" not in await case.kinds()


async def _nothing_owed(world: World) -> bool:
    return not await world.pool.fetchval("SELECT count(*) FROM due_work")


async def test_nothing_fires_for_a_historic_case(world: World) -> None:
    case = await Case(world, "CASE-2026-000001").open("corporate", working_days_ago(20), historic=True)
    async with world.at_work():
        await world.until_quiet()
    assert {"reminder-due", "missed"}.isdisjoint(await case.kinds())
    assert await world.pool.fetchval("SELECT count(*) FROM due_work") == 0


async def test_nothing_is_missed_while_the_log_is_not_read_to_its_end(world: World) -> None:
    world.level = False
    case = await Case(world, "CASE-2026-000001").open("corporate", working_days_ago(6))
    async with world.at_work():

        async def waiting() -> bool:
            owed = await world.pool.fetch("SELECT command FROM due_work")
            return {row["command"] for row in owed} == {"remind", "pass-due"}

        await world.until(waiting)
        await case.hear(Acknowledged(stage="stage1", sent_on=working_days_ago(4), means="post"))
        world.level = True
        await world.until_quiet()
    assert {"missed", "reminder-due", "found-met"}.isdisjoint(await case.kinds())


async def test_a_timer_waits_for_what_was_read_of_its_case_and_not_yet_told_to_its_clocks(
    world: World,
) -> None:
    case = await Case(world, "CASE-2026-000001").open("corporate", working_days_ago(6))
    its = world.dependencies
    async with world.at_work():
        await world.until_quiet()
    other = await Case(world, "CASE-2026-000002").open("corporate", today())
    rows = {"own": case.key, "other": other.key}

    def timer(key: UUID) -> DueRow:
        return DueRow(
            id=uuid4(),
            key=key,
            stream=f"clock-{key}",
            command="pass-due",
            payload={},
            due_at=datetime.now(UTC),
            correlation_id=uuid4(),
            causation_id=uuid4(),
        )

    assert await gate(its)(timer(rows["own"])) is True
    assert await gate(its)(timer(rows["other"])) is False


async def test_an_answer_posted_in_time_and_recorded_late_is_found_met(world: World) -> None:
    case = await Case(world, "CASE-2026-000001").open("corporate", working_days_ago(6))
    async with world.at_work():
        await world.until_quiet()
        await case.hear(Acknowledged(stage="stage1", sent_on=working_days_ago(3), means="post"))
        await world.until_quiet()
    kinds = await case.kinds()
    assert kinds.index("missed") < kinds.index("found-met")


async def test_an_outage_over_two_rungs_sends_the_higher_one(world: World) -> None:
    case = await Case(world, "CASE-2026-000001").open("corporate", working_days_ago(4))
    async with world.at_work():
        await world.until_quiet()
    assert await reminded(world, case, "stage1_acknowledge") == [(-1, "officer")]
    world.at = datetime.now(UTC) + timedelta(days=10)
    await world.pool.execute("UPDATE due_work SET claim_at = now(), due_at = now()")
    async with world.at_work(pollers=3):
        await world.until_quiet()
    rungs = [(-1, "officer"), (1, "head-of-service")]
    assert await reminded(world, case, "stage1_acknowledge") == rungs
    assert await missed(world, case) == ["stage1_acknowledge"]


async def test_reminders_wait_for_the_office_to_open_and_missed_dates_do_not(world: World) -> None:
    world.hours = "Mon-Fri 09:00-17:00"
    saturday = today() + timedelta(days=(5 - today().weekday()) % 7 or 7)
    world.at = datetime(saturday.year, saturday.month, saturday.day, 3, tzinfo=UTC)
    received = CALENDAR.add_working_days(saturday, -8, Region.ENGLAND_AND_WALES)
    case = await Case(world, "CASE-2026-000001").open("corporate", received)
    await world.pool.execute("UPDATE due_work SET due_at = now(), claim_at = now()")
    async with world.at_work():
        await world.until_quiet()

        async def armed() -> bool:
            return bool(await world.pool.fetchval("SELECT exists(SELECT FROM due_work)"))

        await world.until(armed)
        await world.pool.execute("UPDATE due_work SET due_at = now(), claim_at = now()")
        await world.until_quiet()
    assert "reminder-due" not in await case.kinds()
    assert "missed" in await case.kinds()
    opening = await world.pool.fetchval("SELECT claim_at FROM due_work WHERE command = 'remind'")
    monday = CALENDAR.add_working_days(saturday, 1, Region.ENGLAND_AND_WALES)
    assert opening == datetime.combine(monday, time(9), LONDON)


async def test_the_notice_that_notifications_sent_brings_an_extension_into_force(world: World) -> None:
    case = await Case(world, "CASE-2026-000001").open("corporate", working_days_ago(3))
    await case.hear(Acknowledged(stage="stage1", sent_on=working_days_ago(2), means="post"))
    async with world.at_work():
        await world.until_quiet()
        due_on = await case.due("stage1_respond")
        new = CALENDAR.add_working_days(due_on, 5, Region.ENGLAND_AND_WALES)
        answer = await world.client().post(
            "/cases/CASE-2026-000001/propose-extension",
            json={
                "clock": "stage1_respond",
                "new_due_on": new.isoformat(),
                "reason": "A witness is away until Monday.",
                "ombudsman_details": True,
            },
        )
        assert answer.json()["events"] == ["redress.deadlines.extension-proposed.v2"], answer.text
        assert await case.due("stage1_respond") == due_on
        notification = uuid4()
        await world.hear(
            f"notification-{notification}",
            case.key,
            Sent(
                notification=notification,
                purpose="extension-notice",
                attempt=1,
                sent_on=today(),
                sent_at=datetime.now(UTC),
                message_id="<1@example.org>",
                answer="250 OK",
                clock="stage1_respond",
                occurrence=1,
                proposal=1,
            ),
        )
        await world.until_quiet()
    assert await case.due("stage1_respond") == new
    assert {"extended", "due-date-moved"} <= set(await case.kinds())


async def test_a_notice_whose_arrival_a_person_found_out_counts_as_well(world: World) -> None:
    case = await Case(world, "CASE-2026-000001").open("foi", working_days_ago(3))
    async with world.at_work():
        await world.until_quiet()
        due_on = await case.due("respond")
        new = CALENDAR.add_working_days(due_on, 5, Region.UNITED_KINGDOM)
        await world.client().post(
            "/cases/CASE-2026-000001/propose-extension",
            json={"clock": "respond", "new_due_on": new.isoformat(), "reason": "The public interest."},
        )
        notification = uuid4()
        await world.hear(
            f"notification-{notification}",
            case.key,
            OutcomeSettled(
                notification=notification,
                purpose="extension-notice",
                arrived=True,
                sent_on=today(),
                clock="respond",
                occurrence=1,
                proposal=1,
            ),
        )
        await world.until_quiet()
    assert await case.due("respond") == new


async def test_the_ombudsman_s_letters_start_and_end_clocks_beside_the_case(world: World) -> None:
    case = await Case(world, "CASE-2026-000001").open("corporate", today())
    referral, letter = uuid4(), today() + timedelta(days=9)
    stream = f"ombudsman-{referral}"
    await world.hear(
        stream,
        case.key,
        ReferralOpened(
            referral=referral,
            ombudsman="lgsco",
            regime_version="2008-04",
            case_id=case.key,
            their_reference="26 001 234",
            referred_on=today(),
        ),
    )
    asked = EnquiryReceived(
        referral=referral,
        ombudsman="lgsco",
        regime_version="2008-04",
        enquiry=1,
        kind="enquiry_response",
        letter_on=today(),
        due_on=letter,
        questions=Plain("Why?", case.customer),
    )
    await world.hear(stream, case.key, asked)
    async with world.at_work():
        await world.until_quiet()
        assert await case.due("enquiry_response") == letter
        await case.hear(Closed(ground="answered", closed_on=today()))
        await world.hear(
            stream,
            case.key,
            EnquiryAnswered(
                referral=referral,
                enquiry=1,
                kind="enquiry_response",
                sent_on=today(),
                answer=Plain("Because.", case.customer),
            ),
        )
        await world.until_quiet()
    runs = (await world.state(case.key)).runs
    assert runs["enquiry_response", 1].met_on == today()
    assert runs["stage1_acknowledge", 1].stopped == "closed"


async def test_a_case_that_is_reopened_or_goes_elsewhere_has_clocks_again(world: World) -> None:
    case = await Case(world, "CASE-2026-000001").open("foi", working_days_ago(2))
    await case.hear(Closed(ground="withdrawn", closed_on=today()))
    async with world.at_work():
        await world.until_quiet()
        await case.hear(Reopened())
        await case.hear(
            Triaged(regime="eir", regime_version="2005-01", stage="request", received_on=working_days_ago(2))
        )
        await case.hear(
            ContributionRequested(
                contribution=1,
                department_id=DEPARTMENT,
                department_name="Waste",
                question=Plain("What was held?", case.customer),
                due_on=today() + timedelta(days=3),
            )
        )
        await world.until_quiet()
    live = {(run.regime, run.clock) for run in (await world.state(case.key)).live()}
    assert live == {
        ("eir", "respond"),
        ("eir", "extension_notice_latest"),
        ("eir", "respond_extended"),
        ("eir", "contribution"),
    }


async def test_a_bank_holiday_moves_the_clocks_that_count_it_and_leaves_the_others_without_an_event(
    world: World,
) -> None:
    requests = [await Case(world, f"CASE-2026-2{n:05}").open("foi", today()) for n in range(12)]
    complaint = await Case(world, "CASE-2026-000001").open("corporate", today())
    async with world.at_work(pollers=2):
        await world.until_quiet()
        before = {case.key: await case.due("respond") for case in requests}
        untouched = await complaint.kinds()
        day = CALENDAR.add_working_days(today(), 3, Region.UNITED_KINGDOM)
        answer = await world.client("supervisor").post(
            "/calendar/bank-holidays",
            json={"on": day.isoformat(), "nation": "scotland", "source": "A proclamation"},
        )
        assert answer.status_code == 200, answer.text

        async def moved() -> bool:
            return await counted(world, "due-date-moved") >= 4 * len(requests)

        await world.until(moved)
        await world.until_quiet()
    for case in requests:
        after = CALENDAR.add_working_days(before[case.key], 1, Region.UNITED_KINGDOM)
        assert await case.due("respond") == after
    assert await complaint.kinds() == untouched
    assert await counted(world, "due-date-moved") == 4 * len(requests)
    view = await world.pool.fetchval("SELECT count(*) FROM views.due WHERE calendar_version LIKE '%scotland'")
    assert view == 4 * len(requests)


async def test_a_start_with_other_term_dates_moves_the_open_cases_about_that_school(world: World) -> None:
    """The files of term dates are read at the start: what changed in them reaches every clock that counts them."""
    received = date(2026, 7, 10)
    world.at = datetime(2026, 8, 3, 12, tzinfo=UTC)
    (oakfield,) = load_schools(SCHOOLS)
    world.known.now = world.known.now.with_schools([oakfield])
    case = await Case(world, "CASE-2026-000001").open("foi-school", received, school="oakfield")
    closed = await Case(world, "CASE-2026-000002").open("foi-school", received, school="oakfield")
    await closed.hear(Closed(ground="withdrawn", closed_on=date(2026, 7, 20)))
    ordinary = await Case(world, "CASE-2026-000003").open("foi", received)
    async with world.at_work():
        await world.until_quiet()
        assert await case.due("respond") == date(2026, 9, 22)
        before = await closed.kinds(), await ordinary.kinds()
        terms = tuple(
            term.model_copy(update={"first_day": date(2026, 9, 7), "closed": term.closed[1:]})
            if term.name == "autumn 2026"
            else term
            for term in oakfield.terms
        )
        changed = oakfield.model_copy(update={"version": date(2026, 8, 1), "terms": terms})
        world.known.now = world.known.now.with_schools([changed])
        await owe_new_terms(world.dependencies, PRINCIPAL)
        await world.until_quiet()
    assert await case.due("respond") == date(2026, 9, 24)
    assert (await closed.kinds(), await ordinary.kinds()) == before


async def test_every_fact_names_where_it_was_recorded(world: World) -> None:
    case = await Case(world, "CASE-2026-000001").open("corporate", today())
    async with world.at_work():
        await world.until_quiet()
    recorded = await world.store.load(f"clock-{case.key}")
    facts = [one.event for one in recorded if isinstance(one.event, FactNoted)]
    assert sorted((fact.origin, fact.sequence) for fact in facts) == [
        (f"case-{case.key}", 1),
        (f"case-{case.key}", 2),
    ]
