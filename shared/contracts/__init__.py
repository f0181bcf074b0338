"""The language of Redress on the wire: every public event, its envelope, its ids.

Importing this package registers every event, so that whoever reads the log knows all of them.
"""

from shared.contracts import deadlines, intake, notifications, ombudsman, staff

__all__ = ["deadlines", "intake", "notifications", "ombudsman", "staff"]
