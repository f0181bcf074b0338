"""Due work: which command a service owes to which stream, and when; done once whatever is killed."""

from shared.due.inserting import insert_due
from shared.due.instants import london_instant
from shared.due.parking import DueCounts, ParkedRow, due_counts, parked_rows, replay_parked
from shared.due.poller import Poller
from shared.due.row import DueRow

__all__ = [
    "DueCounts",
    "DueRow",
    "ParkedRow",
    "Poller",
    "due_counts",
    "insert_due",
    "london_instant",
    "parked_rows",
    "replay_parked",
]
