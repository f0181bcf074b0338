SELECT to_jsonb(s)::text
FROM staff AS s
WHERE s.person_id = ANY($1::uuid [])
