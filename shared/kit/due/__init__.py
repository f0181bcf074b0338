"""Due work: which command a service owes to which stream, and when; done once whatever is killed."""

from shared.kit.due.inserting import insert_due
from shared.kit.due.instants import london_instant
from shared.kit.due.parking import DueCounts, ParkedRow, due_counts, parked_rows, replay_parked
from shared.kit.due.poller import Gate, Handler, Poller
from shared.kit.due.row import DueRow

__all__ = [
    "DueCounts",
    "DueRow",
    "Gate",
    "Handler",
    "ParkedRow",
    "Poller",
    "due_counts",
    "insert_due",
    "london_instant",
    "parked_rows",
    "replay_parked",
]
