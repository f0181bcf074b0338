SELECT to_jsonb(d)::text
FROM views.directory AS d
WHERE d.unit_id = $1
