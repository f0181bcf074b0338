SELECT to_jsonb(d)::text
FROM desk AS d
WHERE d.case_id = ANY($1::uuid [])
