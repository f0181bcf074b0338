"""Due work: which command a service owes to which stream, and when; done once whatever is killed."""

from shared.kit.due.doing import DueWork, utc_now
from shared.kit.due.inserting import insert_due
from shared.kit.due.owing import owe
from shared.kit.due.parking import DueCounts, ParkedRow, due_counts, parked_rows, replay_parked
from shared.kit.due.poller import Gate, Handler, Poller
from shared.kit.due.row import DueRow

__all__ = [
    "DueCounts",
    "DueRow",
    "DueWork",
    "Gate",
    "Handler",
    "ParkedRow",
    "Poller",
    "due_counts",
    "insert_due",
    "owe",
    "parked_rows",
    "replay_parked",
    "utc_now",
]
