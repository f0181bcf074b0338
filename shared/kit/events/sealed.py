"""Personal data in an event: plain while a command is decided, sealed before anything is stored.

A `Plain` value exists only in memory. It says whose it is, so that sealing knows which data key to use,
and refuses to be written as JSON. A `SealedValue` describes itself and may be stored, published and shown
to anybody: without its key it says nothing. When its key is destroyed it stays where it is for ever.
"""

from __future__ import annotations

from typing import Annotated, Any, Final
from uuid import UUID

from pydantic import (
    BaseModel,
    ConfigDict,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    WithJsonSchema,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema


class Plain:
    """A personal text in memory, before it is sealed. Never stored, never logged: its repr hides the text."""

    __slots__ = ("owner", "text")

    def __init__(self, text: str, owner: UUID) -> None:
        """`owner` is the person whose data this is: their key in this case will seal it."""
        self.text: Final = text
        self.owner: Final = owner

    def __repr__(self) -> str:
        return f"Plain(<{len(self.text)} characters>, owner={self.owner})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Plain) and (self.text, self.owner) == (other.text, other.owner)

    def __hash__(self) -> int:
        return hash((self.text, self.owner))

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.is_instance_schema(
            cls, serialization=core_schema.plain_serializer_function_ser_schema(_refuse_to_write)
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {"not": {}}


class UnsealedError(TypeError):
    """Somebody tried to write a personal text that has not been sealed."""


def _refuse_to_write(value: object) -> str:
    if not isinstance(value, Plain):  # a sealed value, which this side of the union is tried on first
        raise UnsealedError
    raise UnsealedError(f"{value!r} has not been sealed")


class SealedValue(BaseModel):
    """A sealed personal text (AES-256-GCM). Associated data: the event id and the field's path.

    `ciphertext` (base64, with the tag at its end) stands here, or, for a text over 16 KB, in the blob
    store under the SHA-256 of the sealed bytes, named by `blob`.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    key_id: UUID
    event_id: UUID
    field: str
    nonce: str
    ciphertext: str | None = None
    blob: str | None = None


def _sealed_only() -> JsonSchemaValue:
    schema = SealedValue.model_json_schema()
    schema.pop("title", None)
    return schema


type_of_personal: JsonSchemaValue = _sealed_only()
Personal = Annotated[Plain | SealedValue, WithJsonSchema(type_of_personal)]
"""A field of an event that holds personal data. On the wire it is always a sealed value."""


class SealedBlob(BaseModel):
    """Names bytes in the blob store: sealed under `key_id`, stored under the SHA-256 of the ciphertext."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    key_id: UUID
    sha256: str
    size: int
    media_type: str
