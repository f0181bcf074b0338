SELECT to_jsonb(o)::text
FROM outbox AS o
WHERE o.case_id = ANY($1::uuid [])
