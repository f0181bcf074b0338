"""The SQL of due work, one statement a file in `sql/`, read once."""

from __future__ import annotations

from typing import Final

from shared.kit import sql


def _sql(name: str) -> str:
    return sql.load("shared.kit.due", f"sql/{name}.sql")


INSERT: Final = _sql("insert_due")
CLAIM: Final = _sql("claim")
RENEW: Final = _sql("renew")
RELEASE: Final = _sql("release")
HOLD: Final = _sql("hold")
POSTPONE: Final = _sql("postpone")
FAIL: Final = _sql("fail")
PARK: Final = _sql("park")
FINISH: Final = _sql("finish")
NEXT_CLAIM: Final = _sql("next_claim")
COUNTS: Final = _sql("counts")
PARKED: Final = _sql("parked")
REPLAY: Final = _sql("replay")
