"""The relay: publishes what the event store recorded, and marks how far it has come."""

from shared.relay.marks import Mark
from shared.relay.marks_reader import MarksReader
from shared.relay.relay import Relay
from shared.relay.session import RelayStatus

__all__ = ["Mark", "MarksReader", "Relay", "RelayStatus"]
