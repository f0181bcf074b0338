"""The relay's SQL, one statement a file in `sql/`, read once."""

from __future__ import annotations

from typing import Final

from shared.kit import sql

TAKE_OVER: Final = sql.load("shared.kit.log.relay", "sql/take_over.sql")
SAVE: Final = sql.load("shared.kit.log.relay", "sql/save.sql")
MOMENT: Final = sql.load("shared.kit.log.relay", "sql/moment.sql")
OLDEST_RUNNING: Final = sql.load("shared.kit.log.relay", "sql/oldest_running.sql")
