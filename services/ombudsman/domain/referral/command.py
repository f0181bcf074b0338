"""What every command to a referral carries."""

from __future__ import annotations

from abc import abstractmethod
from datetime import date
from typing import Annotated

from pydantic import Field

from shared.kit.decider import Command

TheirReference = Annotated[str, Field(min_length=1, max_length=100, pattern=r"\S", examples=["26 001 234"])]


class ReferralCommand(Command):
    """Which referral is meant: by the Ombudsman and their own reference."""

    ombudsman: str = Field(description="The regime's name for the Ombudsman; `/actions` lists them.")
    their_reference: TheirReference

    @property
    @abstractmethod
    def happened_on(self) -> date:
        """The London day on which it happened, which may be earlier than the day of the command."""
