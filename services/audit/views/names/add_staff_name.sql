-- The name of a person of staff.
INSERT INTO staff_names (person_id, version, since, name)
VALUES ($1, $2, $3, $4::text::jsonb)
