"""What is written on a case without moving it."""

from __future__ import annotations

from deploy.simulation.life import Life
from deploy.simulation.steps.receive import blob
from services.intake.domain.case.note import Note
from services.intake.domain.case.note_repeat import NoteRepeat
from services.intake.domain.case.set_contact_plan import CHANNELS, SetContactPlan
from services.intake.domain.case.set_priority import SetPriority
from shared.contracts.ids import case_stream
from shared.contracts.intake import CaseOpened


def send_again(life: Life) -> None:
    """The sender uses the message id of the case again, with other words."""
    if life.setting.filed or not life.chance("sent-again"):
        return
    life.wait("repeat")
    opened = next(
        each.event for each in life.recorded if each.envelope.stream == case_stream(life.world.case_id)
    )
    assert isinstance(opened, CaseOpened)
    assert life.case.owner is not None
    repeat = NoteRepeat(
        sender=opened.sender,
        sender_message_id=opened.sender_message_id or "",
        original=blob(life.words("again").encode(), life.case.owner),
    )
    life.intake.to_case(repeat, opened.sender, life.cause(opened.sender))
    life.world.settle()


def say_how_to_reach(life: Life) -> None:
    """Which channels are safe; now and then none is."""
    if life.chance("contact-plan"):
        safe = () if life.chance("nobody-writes") else tuple(life.rng.sample(CHANNELS, 2))
        life.wait_until(life.today)
        life.ask(SetContactPlan(safe_channels=safe, reason=life.words("contact_plan")))


def say_how_soon(life: Life) -> None:
    """How soon the case is looked at beside others."""
    if life.chance("priority"):
        life.ask(SetPriority(priority=life.pick(life.often.priorities), reason=life.words("priority")))


def note(life: Life) -> None:
    """An officer's note."""
    if life.chance("note"):
        life.wait_until(life.today)
        life.ask(Note(text=life.words("note")))
