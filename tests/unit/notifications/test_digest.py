"""What a morning digest says, and what each case says of it."""

from __future__ import annotations

from datetime import date
from uuid import uuid5

from hypothesis import given
from hypothesis import strategies as st

from services.notifications.application.templates import Rendered, render
from services.notifications.domain.digest import NAMED, DueLine, naming, parted
from shared.contracts.notifications import DueClock, NamedInDigest
from shared.kit.events import NAMESPACE
from tests.unit.given_when_then import given as past
from tests.unit.notifications.samples import NOTIFICATION, OFFICER

TODAY = date(2026, 12, 2)
ANSWER = "Answer to the customer"


def line(reference: str, day: int, clock: str = "respond", title: str | None = ANSWER) -> DueLine:
    """A clock of that case, due on that day of December."""
    return DueLine(
        case_id=uuid5(NAMESPACE, reference),
        reference=reference,
        clock=clock,
        occurrence=1,
        due_on=date(2026, 12, day),
        title=title,
    )


def digest(*lines: DueLine) -> Rendered:
    """The e-mail."""
    parts = parted(lines, TODAY)
    words = {"late": parts.late, "today": parts.today, "soon": parts.soon}
    return render("morning-digest", {"council": "Anytown Council", "on": TODAY, **words})


def test_it_says_what_is_late_what_is_due_today_and_what_is_due_soon() -> None:
    email = digest(line("CR-3", 4), line("CR-2", 2), line("CR-1", 1))
    assert email.subject == "Your cases on 2 December 2026: 1 late, 1 due today, 1 due soon"
    parts = [
        "Late:\n- CR-1: Answer to the customer, was due on 1 December 2026\n",
        "Due today:\n- CR-2: Answer to the customer, is due on 2 December 2026\n",
        "Due soon:\n- CR-3: Answer to the customer, is due on 4 December 2026\n",
    ]
    assert "\n".join(parts) in email.text


def test_a_part_with_nothing_in_it_is_left_out() -> None:
    text = digest(line("CR-1", 2)).text
    assert "Late" not in text
    assert "Due soon" not in text
    assert "restricted" not in text


def test_of_a_restricted_case_only_the_reference_is_said_and_once_a_part() -> None:
    two = (line("CR-1", 1, title=None), line("CR-1", 1, "acknowledge", title=None))
    text = digest(*two, line("CR-2", 1)).text
    assert "\n- CR-1\n" in text
    assert text.count("CR-1") == 1
    assert "Of a restricted case only the reference is said here." in text


LINES = st.builds(
    line,
    st.sampled_from(["CR-1", "CR-2", "CR-3"]),
    st.integers(1, 4),
    st.sampled_from(["respond", "acknowledge"]),
)


@given(st.lists(LINES, unique=True))
def test_each_line_stands_in_one_part_the_earliest_date_first(lines: list[DueLine]) -> None:
    parts = parted(lines, TODAY)
    every = (*parts.late, *parts.today, *parts.soon)
    assert sorted(every, key=repr) == sorted(lines, key=repr)
    assert [each.due_on for each in every] == sorted(each.due_on for each in every)


LINES_OF_TWO = (line("CR-1", 1), line("CR-1", 4, "acknowledge"), line("CR-2", 2, title=None))
NAMING = naming(LINES_OF_TWO, NOTIFICATION, OFFICER, TODAY)
FIRST = NAMING[uuid5(NAMESPACE, "CR-1")]
NAMED_FIRST = NamedInDigest(
    notification=NOTIFICATION,
    officer_id=OFFICER,
    digest_on=TODAY,
    due=(
        DueClock(clock="respond", occurrence=1, due_on=date(2026, 12, 1)),
        DueClock(clock="acknowledge", occurrence=1, due_on=date(2026, 12, 4)),
    ),
)


def test_each_case_says_that_the_digest_named_it_with_everything_due() -> None:
    assert set(NAMING) == {uuid5(NAMESPACE, "CR-1"), uuid5(NAMESPACE, "CR-2")}
    past(NAMED).when(FIRST).then(NAMED_FIRST)


def test_a_digest_names_a_case_once_and_the_next_one_names_it_again() -> None:
    past(NAMED, NAMED_FIRST).when(FIRST).nothing()
    past(NAMED, NAMED_FIRST).when(FIRST.model_copy(update={"notification": OFFICER})).then_kinds(
        NamedInDigest
    )
