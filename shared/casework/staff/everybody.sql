-- Everybody who works here, or has.
SELECT to_jsonb(s)::text
FROM views.staff AS s
ORDER BY s.person_id
