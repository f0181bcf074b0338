-- Another name of a unit.
INSERT INTO unit_names (unit_id, version, since, name)
VALUES ($1, $2, $3, $4)
