SELECT to_jsonb(c)::text
FROM clocks AS c
WHERE c.case_id = ANY($1::uuid [])
