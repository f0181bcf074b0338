-- Appends events to one or more streams, all or nothing, with the command's receipt, the due row done by it and
-- the reference's row. Answers one row: whether every stream stood at its expected version (`expected`), whether
-- every stream's last row has a transaction id below this one's (`settled`: the reading order agrees with the
-- stream's), the versions found, and when each event was recorded. Nothing is written unless both hold.
WITH standing AS (
    SELECT
        w.place,
        w.expected,
        coalesce(newest.originator_version, 0) AS actual,
        coalesce(newest.transaction_id < pg_current_xact_id(), true) AS settled
    FROM (
        -- At most 4: so the planner knows that few streams are looked up, and plans the statement once.
        SELECT u.stream, u.expected, u.place
        FROM unnest($1::text[], $2::bigint[]) WITH ORDINALITY AS u (stream, expected, place)
        LIMIT 4
    ) AS w
    LEFT JOIN LATERAL (
        SELECT e.originator_version, e.transaction_id
        FROM public.stored_events AS e
        WHERE e.originator_id = w.stream
        ORDER BY e.originator_version DESC
        LIMIT 1
    ) AS newest ON true
),

verdict AS (
    SELECT
        bool_and(actual = expected) AS expected,
        bool_and(settled) AS settled,
        array_agg(actual ORDER BY place) AS actual
    FROM standing
),

receipt AS (
    INSERT INTO public.command_receipts (principal, command_id, body_hmac, answer)
    SELECT $14::text, $15::uuid, $16::bytea, $17::text::jsonb
    FROM verdict
    WHERE verdict.expected AND verdict.settled AND $15::uuid IS NOT NULL
),

reference AS (
    INSERT INTO public.case_references (reference, stream, key)
    SELECT $18::text, $19::text, $20::uuid
    FROM verdict
    WHERE verdict.expected AND verdict.settled AND $18::text IS NOT NULL
),

done AS (
    DELETE FROM public.due_work
    USING verdict
    WHERE due_work.id = $21::uuid AND verdict.expected AND verdict.settled
),

events AS (
    INSERT INTO public.stored_events (
        originator_id, originator_version, topic, state, event_id, key, happened_at,
        source, principal, correlation_id, causation_id
    )
    SELECT
        e.stream, e.version, e.topic, e.state, e.event_id, e.key, e.happened_at,
        $10::text, $11::text, $12::uuid, $13::uuid
    FROM verdict, unnest(
        $3::text[], $4::bigint[], $5::text[], $6::bytea[], $7::uuid[], $8::uuid[], $9::timestamptz[]
    ) WITH ORDINALITY AS e (stream, version, topic, state, event_id, key, happened_at, place)
    WHERE verdict.expected AND verdict.settled
    ORDER BY e.place
    RETURNING notification_id, recorded_at
)

SELECT
    verdict.expected,
    verdict.settled,
    verdict.actual,
    (SELECT array_agg(events.recorded_at ORDER BY events.notification_id) FROM events) AS recorded_at
FROM verdict
