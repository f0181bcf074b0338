"""The keyring's SQL statements, read once."""

from __future__ import annotations

from typing import Final

from shared.kit import sql

CREATE_KEY: Final = sql.load(__package__, "sql/create_key.sql")
GET_KEYS: Final = sql.load(__package__, "sql/get_keys.sql")
DESTROY_KEYS: Final = sql.load(__package__, "sql/destroy_keys.sql")
WRAPPED_UNDER_ANOTHER: Final = sql.load(__package__, "sql/wrapped_under_another.sql")
REPLACE_WRAPPED: Final = sql.load(__package__, "sql/replace_wrapped.sql")
