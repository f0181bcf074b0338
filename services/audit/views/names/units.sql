-- The names of some units, oldest first.
SELECT unit_id, since, name
FROM views.unit_names
WHERE unit_id = ANY($1::uuid [])
ORDER BY unit_id, version
