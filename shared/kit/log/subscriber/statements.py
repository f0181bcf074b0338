"""The subscriber's SQL, one statement a file in `sql/`, read once. Tables are found by the search path."""

from __future__ import annotations

from typing import Final

from shared.kit import sql


def _sql(name: str) -> str:
    return sql.load("shared.kit.log.subscriber", f"sql/{name}.sql")


CREATE_LEDGER: Final = _sql("create_ledger")
ENSURE_POSITIONS: Final = _sql("ensure_positions")
LOCK_POSITIONS: Final = _sql("lock_positions")
MOVE: Final = _sql("move")
POSITIONS: Final = _sql("positions")
ALL_POSITIONS: Final = _sql("all_positions")
BEGIN_AGAIN: Final = _sql("begin_again")
NAME_CLUSTER: Final = _sql("name_cluster")
STANDING: Final = _sql("standing")
PARK_KEYS: Final = _sql("park_keys")
QUEUE_EVENT: Final = _sql("queue_event")
HOLD_EVENT: Final = _sql("hold_event")
HELD_AMONG: Final = _sql("held_among")
RELEASE_HELD: Final = _sql("release_held")
LOCK_PARKED_KEY: Final = _sql("lock_parked_key")
QUEUE_OF: Final = _sql("queue_of")
UNPARK_EVENTS: Final = _sql("unpark_events")
UNPARK_KEY: Final = _sql("unpark_key")
PARKED_LIST: Final = _sql("parked_list")
COUNTS: Final = _sql("counts")
VIEW_VERSIONS: Final = _sql("view_versions")
SET_VIEW_VERSION: Final = _sql("set_view_version")
ADD_REACTOR: Final = _sql("add_reactor")
START_REACTOR: Final = _sql("start_reactor")
FORGET_REACTOR_STARTS: Final = _sql("forget_reactor_starts")
COPY_REACTORS: Final = _sql("copy_reactors")
COPY_REACTOR_STARTS: Final = _sql("copy_reactor_starts")
PARKED_KEYS: Final = _sql("parked_keys")
COLUMNS: Final = _sql("columns")
FORGET_VIEW_VERSIONS: Final = _sql("forget_view_versions")
