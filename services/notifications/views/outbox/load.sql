SELECT to_jsonb(o)::text
FROM outbox AS o
WHERE o.key = ANY($1::uuid [])
