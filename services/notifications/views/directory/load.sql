SELECT to_jsonb(d)::text
FROM directory AS d
WHERE d.unit_id = ANY($1::uuid [])
