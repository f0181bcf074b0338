-- Claims what is ripe for one poller, in a statement of its own: nobody waits, and a dead poller's rows come free when
-- their lease ends. Rows of one key are done in order, whoever does them: only the key's earliest row opens it, so what
-- an earlier row holds back, claimed by anybody or failing, stays where it is; with the earliest come those after it
-- that are ripe without a gap. Keys with a parked row wait, as do those that the poller names ($4).
WITH heads AS (
    SELECT d.key
    FROM public.due_work AS d
    WHERE
        d.parked_at IS NULL
        AND d.claim_at <= clock_timestamp()
        AND d.key <> ALL($4::uuid[])
        AND NOT EXISTS (
            SELECT FROM public.due_work AS e
            WHERE e.key = d.key AND (e.turn_at, e.position) < (d.turn_at, d.position)
        )
        AND NOT EXISTS (
            SELECT FROM public.due_work AS p WHERE p.key = d.key AND p.parked_at IS NOT NULL
        )
    ORDER BY d.claim_at
    LIMIT $1
    FOR UPDATE SKIP LOCKED
),

rows_of_heads AS (
    SELECT
        d.id, d.turn_at, d.position,
        bool_and(d.claim_at <= statement_timestamp()) OVER (
            PARTITION BY d.key ORDER BY d.turn_at, d.position
        ) AS ripe
    FROM public.due_work AS d
    WHERE d.key IN (SELECT h.key FROM heads AS h)
),

ripe AS (
    SELECT r.id
    FROM rows_of_heads AS r
    WHERE r.ripe
    ORDER BY r.turn_at, r.position
    LIMIT $1
)

UPDATE public.due_work AS d
SET claim_at = clock_timestamp() + $2::interval, lease = $3, attempts = d.attempts + 1
FROM ripe
WHERE d.id = ripe.id AND d.claim_at <= clock_timestamp()
RETURNING
    d.id, d.key, d.stream, d.command, d.payload::text AS payload, d.due_at, d.turn_at, d.position, d.correlation_id,
    d.causation_id, d.attempts, d.failures
