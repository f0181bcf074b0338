"""One data key for each person in each case: what is sealed under it is gone when it is destroyed."""

from shared.kit.keyring.data_key import DataKey
from shared.kit.keyring.errors import Erased, KeyringError, MasterKeyMissing, Spoiled
from shared.kit.keyring.fields import Path, field_name, find, put, replace
from shared.kit.keyring.fingerprints import Fingerprints
from shared.kit.keyring.master_key import MasterKey
from shared.kit.keyring.port import Keyring
from shared.kit.keyring.postgres import PostgresKeyring
from shared.kit.keyring.rewrap import rewrap
from shared.kit.keyring.sealer import ERASED, Sealer
from shared.kit.keyring.source import Place, SourceEvent

__all__ = [
    "ERASED",
    "DataKey",
    "Erased",
    "Fingerprints",
    "Keyring",
    "KeyringError",
    "MasterKey",
    "MasterKeyMissing",
    "Path",
    "Place",
    "PostgresKeyring",
    "Sealer",
    "SourceEvent",
    "Spoiled",
    "field_name",
    "find",
    "put",
    "replace",
    "rewrap",
]
