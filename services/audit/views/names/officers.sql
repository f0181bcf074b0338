-- The sealed names of some officers, by what they act as or by their ids, oldest first.
SELECT officer_id, principal, since, name::text AS name
FROM views.officer_names
WHERE principal = ANY($1::text []) OR officer_id = ANY($2::uuid [])
ORDER BY since
