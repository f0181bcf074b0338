-- Writes what a batch changes of the units it touches; columns that aren't named stay as they are.
INSERT INTO units
SELECT (jsonb_populate_record(known, patch.columns::jsonb || jsonb_build_object('unit_id', patch.unit_id))).*
FROM unnest($1::uuid[], $2::text[]) AS patch (unit_id, columns)
LEFT JOIN units AS known ON known.unit_id = patch.unit_id
ON CONFLICT (unit_id) DO UPDATE SET
    version = excluded.version,
    code = excluded.code,
    name = excluded.name,
    kind = excluded.kind,
    email = excluded.email
