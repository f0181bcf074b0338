"""The shape of every decision: state and command in, events out. Pure."""

from shared.kit.decider.decider import Decider
from shared.kit.decider.refusal import Refused

__all__ = [
    "Decider",
    "Refused",
]
