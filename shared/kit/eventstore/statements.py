"""The store's SQL, one statement a file in `sql/`, read once."""

from __future__ import annotations

from typing import Final

from shared.kit import sql


def _sql(name: str) -> str:
    return sql.load("shared.kit.eventstore", f"sql/{name}.sql")


APPEND: Final = _sql("append")
APPEND_ONE: Final = _sql("append_one")
LOAD: Final = _sql("load")
READ_AFTER: Final = _sql("read_after")
STREAM_ROWS: Final = _sql("stream_rows")
VERSIONS: Final = _sql("versions")
RECEIPT: Final = _sql("receipt")
SETTLE: Final = _sql("settle")
FIND_REFERENCE: Final = _sql("find_reference")
ALLOCATE_REFERENCE_NUMBER: Final = _sql("allocate_reference_number")
RECORD_ACCESS: Final = _sql("record_access")
SERVER_SETTINGS: Final = _sql("server_settings")
