"""What a case's clocks rest on was noted in the order in which it was recorded, whichever instance noted it."""

from __future__ import annotations

from typing import Final

from tests.chaos.site import Site

DISORDER: Final = """
WITH facts AS (
    SELECT
        originator_id AS stream, originator_version AS version,
        convert_from(state, 'UTF8')::jsonb ->> 'origin' AS origin,
        (convert_from(state, 'UTF8')::jsonb ->> 'sequence')::bigint AS sequence
    FROM public.stored_events
    WHERE topic = 'redress.deadlines.fact-noted.v1'
),
before AS (
    SELECT *, lag(sequence) OVER (PARTITION BY stream, origin ORDER BY version) AS earlier FROM facts
)
SELECT format('%s noted %s of %s before %s', stream, earlier, origin, sequence) AS what
FROM before WHERE earlier > sequence
"""
LAWLESS: Final = """
SELECT format('%s: a clock started under no regime', originator_id) AS what
FROM public.stored_events
WHERE topic = 'redress.deadlines.clock-started.v1' AND convert_from(state, 'UTF8')::jsonb ->> 'regime' = ''
"""


async def reckon(site: Site) -> list[str]:
    """What is out of order, and which clocks rest on nothing, a sentence each."""
    return [row["what"] for query in (DISORDER, LAWLESS) for row in await site.rows("deadlines", query)]
