"""What can be done with a case now: one shape for every service, so that whoever shows it can join them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from fastapi import Response
from pydantic import BaseModel, Field

from shared.kit.decider import Offer
from shared.kit.http import etag


class ChoiceNow(BaseModel):
    """Values that a command takes together, by field; `hints` help whoever chooses."""

    values: dict[str, list[Any]] = Field(default_factory=dict)
    hints: dict[str, Any] = Field(default_factory=dict)


class Forbidden(BaseModel):
    """Why a command is refused now, and the law or code that says so; an empty citation: a rule of our own."""

    code: str
    title: str
    citation: str


class Action(BaseModel):
    """A command: where it is posted, what it takes now, or why it is refused.

    `target` says which of several things of the case it is for (a referral, a message), with that one's `version`.
    """

    command: str
    address: str
    choices: list[ChoiceNow]
    refused: Forbidden | None
    target: dict[str, str] = Field(default_factory=dict)
    version: int


class Actions(BaseModel):
    """Every command that this service has for the case, in the order of the work."""

    reference: str
    version: int
    actions: list[Action]


def actions_of(
    reference: str,
    offers: Iterable[Offer],
    version: int,
    *,
    target: Mapping[str, str] | None = None,
    address: str = "",
) -> list[Action]:
    """The actions of one stream; `address` is where its commands are posted, the case's own where nothing is said."""
    return [
        Action(
            command=offer.verb,
            address=f"{address or f'/cases/{reference}'}/{offer.verb}",
            choices=[
                ChoiceNow(
                    values={name: list(values) for name, values in choice.values.items()},
                    hints=dict(choice.hints),
                )
                for choice in offer.choices
            ],
            refused=None
            if offer.refused is None
            else Forbidden(
                code=offer.refused.code, title=offer.refused.title, citation=offer.refused.citation
            ),
            target=dict(target or {}),
            version=version,
        )
        for offer in offers
    ]


def answered(reference: str, actions: list[Action], version: int, response: Response) -> Actions:
    """The answer, with the version as its ETag: what `If-Match` takes."""
    response.headers["ETag"] = etag(version)
    return Actions(reference=reference, version=version, actions=actions)
