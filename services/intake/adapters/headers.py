"""Which of a request's headers belong to the message. Adapters are given these alone, so that a message from
quarantine is read with the same ones as at the door.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Final

from services.intake.adapters.document import message_id_in

MESSAGE_ID: Final = ("messageid", "message-id", "x-message-id")
"""Headers that hold a queue's id of the message, the best first."""
EXTERNAL_REFERENCE: Final = ("externalreference", "external-reference", "x-external-reference")
"""Headers that hold the sender's own number of the matter."""
_BY_NAME: Final = frozenset(("content-type", *MESSAGE_ID, *EXTERNAL_REFERENCE))
_OF_CLOUDEVENTS: Final = "ce-"


def of_message(headers: Mapping[str, str]) -> dict[str, str]:
    """The headers, names in lower case, that an adapter may read."""
    return {
        name: value for name, value in headers.items() if name in _BY_NAME or name.startswith(_OF_CLOUDEVENTS)
    }


def to_text(headers: Mapping[str, str]) -> str:
    """The message's headers as one text, to be sealed with it: a CloudEvent's subject may be personal."""
    return json.dumps(of_message(headers), sort_keys=True)


def from_text(text: str) -> dict[str, str]:
    """What `to_text` wrote."""
    found: dict[str, str] = json.loads(text)
    return found


def first_of(headers: Mapping[str, str], names: tuple[str, ...]) -> str | None:
    """The id in the best of these headers that holds one."""
    return next((found for name in names if (found := message_id_in(headers, name))), None)
