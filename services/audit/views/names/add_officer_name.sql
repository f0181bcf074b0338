-- An officer's name.
INSERT INTO officer_names (unit_id, version, since, officer_id, principal, name)
VALUES ($1, $2, $3, $4, $5, $6::text::jsonb)
