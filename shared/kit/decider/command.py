"""What a stream is asked: a frozen model with a name. The same model is HTTP body, due row's payload and spec."""

from __future__ import annotations

from typing import ClassVar

from pydantic import BaseModel, ConfigDict


class Command(BaseModel):
    """A request in the imperative. `verb` is its only name outside the process: in addresses and in due rows."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    verb: ClassVar[str]
