"""The bodies that the commands take."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Text = Annotated[str, Field(min_length=1, max_length=100_000)]
Reference = Annotated[str, Field(min_length=1, max_length=100, pattern=r"\S")]


class Referral(BaseModel):
    """Which referral is meant: by the Ombudsman and their own reference."""

    model_config = ConfigDict(extra="forbid")

    ombudsman: str = Field(description="The regime's name for the Ombudsman; `/actions` lists them.")
    their_reference: Reference = Field(examples=["26 001 234"])


class OpenReferral(Referral):
    """The Ombudsman has taken up the case."""

    referred_on: date


class RecordEnquiry(Referral):
    """A letter that asks for an answer. `due_on`, the date in the letter, prevails over the usual time."""

    letter: str = Field(description="One of the letters that `/actions` lists.")
    letter_on: date
    due_on: date | None = None
    questions: Text


class AnswerEnquiry(Referral):
    """The answer that was sent."""

    enquiry: Annotated[int, Field(ge=1)]
    sent_on: date
    answer: Text


class RecordDecision(Referral):
    """The decision, in the Ombudsman's own words for it."""

    decided_on: date
    outcome: str
    findings: tuple[str, ...] = ()
    remedies: Text | None = None
