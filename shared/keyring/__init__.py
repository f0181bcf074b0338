"""One data key for each person in each case: what is sealed under it is gone when it is destroyed."""

from shared.keyring.data_key import DataKey
from shared.keyring.errors import Erased, KeyringError, MasterKeyMissing, Spoiled
from shared.keyring.master_key import MasterKey
from shared.keyring.port import Keyring
from shared.keyring.postgres import PostgresKeyring
from shared.keyring.sealer import Sealer

__all__ = [
    "DataKey",
    "Erased",
    "Keyring",
    "KeyringError",
    "MasterKey",
    "MasterKeyMissing",
    "PostgresKeyring",
    "Sealer",
    "Spoiled",
]
