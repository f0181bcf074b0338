"""The one place that says for whom a case exists. Routes that find a case, and lists, ask it."""

from __future__ import annotations

from typing import Protocol

from shared.kit.http import Principal


class CaseSeen(Protocol):
    """A case as far as the policy looks at it."""

    @property
    def restricted(self) -> bool: ...


def may(who: Principal, case: CaseSeen) -> bool:
    """Whether this principal may see and change this case. One that they may not doesn't exist for them.

    A restricted case is for those who hold the group alone.
    """
    return sees_restricted(who) or not case.restricted


def sees_restricted(who: Principal) -> bool:
    """Whether restricted cases exist for this principal: lists ask it once for all their rows."""
    return who.sees_restricted
