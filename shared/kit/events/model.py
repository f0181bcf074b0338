"""What every public event is: a frozen model with an explicit, versioned wire name."""

from __future__ import annotations

from typing import ClassVar

from pydantic import BaseModel, ConfigDict


class Fact(BaseModel):
    """A value inside an event. Readers pass over what they don't know: writers may add fields."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Event(Fact):
    """A fact, named in the past tense. `wire_name` is its only name outside the process.

    Fields are flat where they can be, dates are London dates, instants carry their zone.
    """

    wire_name: ClassVar[str]


class UnknownEvent(Fact):
    """An event of a type that this reader has never heard of: passed over and counted, shown by audit."""

    wire_name_seen: str
