SELECT to_jsonb(c)::text
FROM views.clocks AS c
WHERE c.case_id = $1 AND c.clock = $2 AND c.occurrence = $3
