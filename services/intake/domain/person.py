"""A person: that there is one, and that their keys were destroyed. What staff are besides stands in `staff`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

from shared.contracts import intake, staff
from shared.kit.decider import Command, Decider, Refused
from shared.kit.events import Event


class Register(Command):
    """A contact brought somebody. `sender` is set where its own customer number led to them."""

    verb = "register"
    person_id: UUID
    sender: str | None = None


class Erase(Command):
    """Destroy every key of this person. `ground` says on what ground, such as `article-17`."""

    verb = "erase"
    person_id: UUID
    ground: str


class DestroyPersonKeys(Command):
    """The person was erased: their keys go. Decides nothing; the keyring does it."""

    verb = "destroy-person-keys"


PersonCommand = Register | Erase


@dataclass(frozen=True, slots=True)
class PersonState:
    """A person as the rules see them."""

    registered: bool = False
    erased: bool = False
    works_here: bool = False


def decide(command: PersonCommand, state: PersonState) -> tuple[Event, ...]:
    """The events that the command leads to.

    Raises:
        Refused: there is no such person, they were erased and can't be known again, or they work for the council.
    """
    match command:
        case Register():
            if state.erased:
                raise Refused("person-erased", "This person was erased: a new contact makes a new person.")
            if state.registered:
                return ()
            return (intake.PersonRegistered(person_id=command.person_id, sender=command.sender),)
        case Erase():
            if not state.registered:
                raise Refused("no-such-person", "There is no such person.")
            if state.erased:
                return ()
            if state.works_here:
                raise Refused("still-staff", "They work for the council: record that they left first.")
            return (intake.PersonErased(person_id=command.person_id, ground=command.ground),)


def evolve(state: PersonState, event: Event) -> PersonState:
    match event:
        case intake.PersonRegistered():
            return replace(state, registered=True)
        case intake.PersonErased():
            return replace(state, erased=True)
        case staff.StaffRegistered():
            return replace(state, registered=True, works_here=True)
        case staff.StaffLeft():
            return replace(state, works_here=False)
        case _:
            return state


PERSON: Final[Decider[PersonCommand, PersonState, Event]] = Decider(
    decide=decide, evolve=evolve, initial=PersonState()
)
