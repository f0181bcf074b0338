"""The shape of every decision: state and command in, events out. Pure."""

from shared.decider.decider import Decider
from shared.decider.refusal import Refused

__all__ = ["Decider", "Refused"]
