INSERT INTO directory
SELECT r.*
FROM jsonb_populate_recordset(null::directory, $1::text::jsonb) AS r
ON CONFLICT (unit_id) DO UPDATE SET
    name = excluded.name,
    email = excluded.email
