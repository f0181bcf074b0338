INSERT INTO staff
SELECT r.*
FROM jsonb_populate_recordset(null::staff, $1::text::jsonb) AS r
ON CONFLICT (person_id) DO UPDATE SET
    version = excluded.version,
    registered_by = excluded.registered_by,
    name = excluded.name,
    email = excluded.email,
    roles = excluded.roles,
    units = excluded.units,
    groups = excluded.groups,
    absences = excluded.absences,
    left_on = excluded.left_on
