"""Runs a service of Redress: the kit's runtime among Redress's own publishers, events and erasures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from shared.casework.forgetting import Forgetting
from shared.casework.staff import STAFF, FromView, Picture, StaffPersons
from shared.contracts import asyncapi
from shared.contracts.services import PUBLISHERS
from shared.kit.keyring import Keyring
from shared.kit.log import View
from shared.kit.runtime import Landscape, Parts, ServiceDefinition
from shared.kit.runtime import main as run

STAFF_IS_DECIDED_BY: Final = "intake"


def _views(keyring: Keyring | None) -> Sequence[View]:
    return (Forgetting(keyring), STAFF)


def _persons(parts: Parts[Any]) -> StaffPersons:
    picture = Picture(parts.marks, parts.subscriber.offsets, STAFF_IS_DECIDED_BY)
    return StaffPersons(FromView(parts.pool, picture, parts.heard))


LANDSCAPE: Final = Landscape(publishers=PUBLISHERS, events=asyncapi.document, views=_views, persons=_persons)


def main(definition: ServiceDefinition[Any]) -> None:
    """`python -m services.<name>.main`: serves; with arguments, does the task that they name."""
    run(definition, LANDSCAPE)
