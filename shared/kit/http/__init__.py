"""What every service's HTTP side shares: problems, principals, limits, documentation."""

from shared.kit.http.app import Check, create_app
from shared.kit.http.principal import Principal, require
from shared.kit.http.problems import Problem

__all__ = ["Check", "Principal", "Problem", "create_app", "require"]
