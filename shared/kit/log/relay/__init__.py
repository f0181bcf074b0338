"""The relay: publishes what the event store recorded, and marks how far it has come."""

from shared.kit.log.relay.relay import Relay
from shared.kit.log.relay.session import RelayStatus

__all__ = ["Relay", "RelayStatus"]
