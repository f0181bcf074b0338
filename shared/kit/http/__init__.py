"""What every service's HTTP side shares: problems, principals, limits, documentation."""

from shared.kit.http.app import Check, create_app
from shared.kit.http.canonical import canonical
from shared.kit.http.commanding import Done, Told, done, etag, told
from shared.kit.http.limits import MAX_DEPTH, MAX_VALUES, JsonOutOfBounds, load_bounded
from shared.kit.http.principal import Persons, Principal, require
from shared.kit.http.problems import Problem
from shared.kit.http.proven import Proven
from shared.kit.http.tokens import create_key_pair, person_token, system_token

__all__ = [
    "MAX_DEPTH",
    "MAX_VALUES",
    "Check",
    "Done",
    "JsonOutOfBounds",
    "Persons",
    "Principal",
    "Problem",
    "Proven",
    "Told",
    "canonical",
    "create_app",
    "create_key_pair",
    "done",
    "etag",
    "load_bounded",
    "person_token",
    "require",
    "system_token",
    "told",
]
