-- The sealed names of some people of staff, oldest first.
SELECT person_id, version, since, name::text AS name
FROM views.staff_names
WHERE person_id = ANY($1::uuid [])
ORDER BY person_id, version
