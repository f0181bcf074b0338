"""What units and people of staff were called, and since when: old lines of a timeline show the old name."""

from services.audit.views.names.fold import Names
from services.audit.views.names.known import KnownNames, names_of

__all__ = ["KnownNames", "Names", "names_of"]
