-- What append.sql does, for the commonest of appends: one event to one stream, with the command's receipt and the due
-- row done by it, but no reference. Plain arguments in place of arrays make it a fifth quicker.
WITH verdict AS (
    SELECT
        coalesce(max(newest.originator_version), 0) = $2::bigint AS expected,
        coalesce(bool_and(newest.transaction_id < pg_current_xact_id()), true) AS settled,
        ARRAY[coalesce(max(newest.originator_version), 0)] AS actual
    FROM (
        SELECT e.originator_version, e.transaction_id
        FROM public.stored_events AS e
        WHERE e.originator_id = $1::text
        ORDER BY e.originator_version DESC
        LIMIT 1
    ) AS newest
),

receipt AS (
    INSERT INTO public.command_receipts (principal, command_id, body_hmac, answer)
    SELECT $12::text, $13::uuid, $14::bytea, $15::text::jsonb
    FROM verdict
    WHERE verdict.expected AND verdict.settled AND $13::uuid IS NOT NULL
),

done AS (
    DELETE FROM public.due_work
    USING verdict
    WHERE due_work.id = $16::uuid AND verdict.expected AND verdict.settled
),

event AS (
    INSERT INTO public.stored_events (
        originator_id, originator_version, topic, state, event_id, key, happened_at,
        source, principal, correlation_id, causation_id
    )
    SELECT
        $1::text, $2::bigint + 1, $3::text, $4::bytea, $5::uuid, $6::uuid, $7::timestamptz,
        $8::text, $9::text, $10::uuid, $11::uuid
    FROM verdict
    WHERE verdict.expected AND verdict.settled
    RETURNING recorded_at
)

SELECT
    verdict.expected,
    verdict.settled,
    verdict.actual,
    (SELECT ARRAY[event.recorded_at] FROM event) AS recorded_at
FROM verdict
