"""The one place that says whether this principal may do this to this case. Every route of every service asks it."""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol
from uuid import UUID

from shared.kit.http import Principal


class CaseSeen(Protocol):
    """A case as a service has heard of it, as far as the policy looks at it."""

    @property
    def case_id(self) -> UUID: ...
    @property
    def reference(self) -> str: ...
    @property
    def restricted(self) -> bool: ...


class Deed(StrEnum):
    """What somebody wants with a case."""

    SEE = "see"
    CHANGE = "change"


def may(who: Principal, deed: Deed, case: CaseSeen) -> bool:  # noqa: ARG001  every deed asks the same today
    """Whether this principal may do that to this case. A case that may not be seen doesn't exist for them.

    A restricted case is for those who hold the group alone.
    """
    return sees_restricted(who) or not case.restricted


def sees_restricted(who: Principal) -> bool:
    """Whether restricted cases exist for this principal: lists ask it once for all their rows."""
    return who.sees_restricted
