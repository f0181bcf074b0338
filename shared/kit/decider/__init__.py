"""The shape of every decision: state and command in, events out. Pure."""

from shared.kit.decider.command import Command
from shared.kit.decider.decider import Decider
from shared.kit.decider.fields import Line, Text, Word
from shared.kit.decider.refusal import Refused
from shared.kit.decider.slices import ANYTHING, Choice, Choices, Offer, Slice, chosen, decider, offers

__all__ = [
    "ANYTHING",
    "Choice",
    "Choices",
    "Command",
    "Decider",
    "Line",
    "Offer",
    "Refused",
    "Slice",
    "Text",
    "Word",
    "chosen",
    "decider",
    "offers",
]
