-- Writes due rows that are neither there nor done: a fold, met again or rebuilt, owes nothing twice.
INSERT INTO public.due_work (
    id, key, stream, command, payload, due_at, turn_at, claim_at, correlation_id, causation_id
)
SELECT
    d.id, d.key, d.stream, d.command, d.payload::jsonb, d.due_at, d.due_at, d.due_at, d.correlation_id, d.causation_id
FROM unnest(
    $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::timestamptz[], $8::uuid[], $9::uuid[]
) WITH ORDINALITY AS d (id, key, stream, command, payload, due_at, correlation_id, causation_id, turn)
WHERE NOT EXISTS (
    SELECT FROM public.command_receipts AS r WHERE r.principal = $1 AND r.command_id = d.id
)
ORDER BY d.turn
ON CONFLICT DO NOTHING
