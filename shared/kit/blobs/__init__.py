"""Sealed bytes in object storage, written once under their own hash."""

from shared.kit.blobs.store import BlobStore, CorruptBlob

__all__ = [
    "BlobStore",
    "CorruptBlob",
]
