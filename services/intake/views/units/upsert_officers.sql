-- Writes what a batch changes of the officers it touches; columns that aren't named stay as they are.
INSERT INTO officers
SELECT (jsonb_populate_record(known, patch.columns::jsonb || jsonb_build_object('officer_id', patch.officer_id))).*
FROM unnest($1::uuid[], $2::text[]) AS patch (officer_id, columns)
LEFT JOIN officers AS known ON known.officer_id = patch.officer_id
ON CONFLICT (officer_id) DO UPDATE SET
    unit_id = excluded.unit_id,
    role = excluded.role,
    principal = excluded.principal,
    name = excluded.name,
    email = excluded.email,
    has_left = excluded.has_left
