-- One person.
SELECT to_jsonb(s)::text
FROM views.staff AS s
WHERE s.person_id = $1
