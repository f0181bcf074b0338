"""What units and people of staff were called, and since when: old lines of a timeline show the old name."""

from services.audit.views.names.fold import STAFF_NAMES, UNIT_NAMES
from services.audit.views.names.known import KnownNames, names_of

__all__ = ["STAFF_NAMES", "UNIT_NAMES", "KnownNames", "names_of"]
