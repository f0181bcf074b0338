"""What can go wrong with keys and sealed values."""

from __future__ import annotations

from typing import Final
from uuid import UUID


class KeyringError(Exception):
    """Any of them."""


class Erased(KeyringError):
    """The person's key in this case was destroyed: nothing new is sealed for them there, ever."""

    def __init__(self, owner: UUID, case: UUID) -> None:
        super().__init__(f"The key of {owner} in {case} was destroyed; no new one is made")
        self.owner: Final = owner
        self.case: Final = case


class Spoiled(KeyringError):
    """A sealed value, blob or key is not what was sealed: changed bytes, another field, event or row."""


class MasterKeyMissing(KeyringError):
    """A data key is wrapped under a version of the master key that the setting does not hold."""

    def __init__(self, version: int) -> None:
        super().__init__(f"Version {version} of the master key is not in the setting")
        self.version: Final = version
