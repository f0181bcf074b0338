"""What every service's HTTP side shares: problems, principals, limits, documentation."""

from shared.http.app import Check, create_app
from shared.http.principal import Principal, require
from shared.http.problems import Problem

__all__ = ["Check", "Principal", "Problem", "create_app", "require"]
