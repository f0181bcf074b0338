"""Who works for the council, and what they are: facts of their streams, folded by every service."""

from shared.casework.staff.facts import StaffFacts
from shared.casework.staff.look_up import FromView, Source, StaffPersons
from shared.casework.staff.picture import Picture
from shared.casework.staff.reading import everybody, members, person_of
from shared.casework.staff.roles import SCOPES_OF_ROLE, scopes_of
from shared.casework.staff.terms import UnitTerm
from shared.casework.staff.view import STAFF, StaffRow

__all__ = [
    "SCOPES_OF_ROLE",
    "STAFF",
    "FromView",
    "Picture",
    "Source",
    "StaffFacts",
    "StaffPersons",
    "StaffRow",
    "UnitTerm",
    "everybody",
    "members",
    "person_of",
    "scopes_of",
]
