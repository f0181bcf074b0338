"""The keys of an installation that keeps them in files: made once, each readable by its owner only."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from shared.kit.http import create_key_pair
from shared.kit.keyring import MasterKey
from shared.kit.merkle import SigningKey

_SIGNER: Final = "redress-audit"
"""Names the key in every checkpoint that it signs."""


@dataclass(frozen=True, slots=True)
class Keys:
    """Where the keys lie."""

    folder: Path

    @property
    def master(self) -> Path:
        """Wraps the data keys."""
        return self.folder / "master.key"

    @property
    def token_private(self) -> Path:
        """Signs tokens; no service has it."""
        return self.folder / "tokens.private.pem"

    @property
    def token_public(self) -> Path:
        """Checks tokens; every service has it."""
        return self.folder / "tokens.public.pem"

    @property
    def logins(self) -> Path:
        """Who is known by which login here, and what they are called for ever; no service has it."""
        return self.folder / "logins.json"

    @property
    def checkpoint(self) -> Path:
        """Signs audit's checkpoints; no database role can read it."""
        return self.folder / "checkpoints.private.key"

    @property
    def checkpoint_public(self) -> Path:
        """Checks audit's checkpoints; may be given to anybody."""
        return self.folder / "checkpoints.public.key"

    def create(self) -> None:
        """Makes those that are missing. An existing key is never replaced."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not self.master.exists():
            self.master.touch(mode=0o600)
            self.master.write_text(MasterKey.generate() + "\n", "ascii")
        create_key_pair(self.token_private, self.token_public)
        if not self.checkpoint.exists():
            signing = SigningKey.generate(_SIGNER)
            signing.write(self.checkpoint)
            self.checkpoint_public.write_text(f"{signing.verify_key}\n", "utf-8")
