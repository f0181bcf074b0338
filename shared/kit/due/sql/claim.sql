-- Claims what is ripe for one poller, in a statement of its own: nobody waits, and a dead poller's rows come free when
-- their lease ends. Keys with a parked row wait, as do those that the poller names ($4).
WITH ripe AS (
    SELECT d.id
    FROM public.due_work AS d
    WHERE
        d.parked_at IS NULL
        AND d.claim_at <= clock_timestamp()
        AND d.key <> ALL($4::uuid[])
        AND NOT EXISTS (
            SELECT FROM public.due_work AS p WHERE p.key = d.key AND p.parked_at IS NOT NULL
        )
    ORDER BY d.claim_at
    LIMIT $1
    FOR UPDATE SKIP LOCKED
)

UPDATE public.due_work AS d
SET claim_at = clock_timestamp() + $2::interval, lease = $3, attempts = d.attempts + 1
FROM ripe
WHERE d.id = ripe.id
RETURNING
    d.id, d.key, d.stream, d.command, d.payload::text AS payload, d.due_at, d.correlation_id, d.causation_id,
    d.attempts, d.failures
