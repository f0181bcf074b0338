SELECT to_jsonb(c)::text
FROM views.cases AS c
WHERE c.case_id = $1
