"""The Ombudsman desk over HTTP."""

from services.ombudsman.api.commands import commands
from services.ombudsman.api.queries import queries

__all__ = ["commands", "queries"]
