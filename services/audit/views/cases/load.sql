-- The rows of these keys.
SELECT to_jsonb(c)::text
FROM cases AS c
WHERE c.case_id = ANY($1::uuid [])
