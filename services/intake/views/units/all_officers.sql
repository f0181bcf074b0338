-- Every officer who works somewhere, or has.
SELECT officer_id, unit_id, role, principal, name::text AS name, email::text AS email, has_left
FROM views.officers
ORDER BY officer_id
