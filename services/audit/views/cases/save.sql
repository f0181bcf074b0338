-- Writes rows over those that are there.
INSERT INTO cases
SELECT r.*
FROM jsonb_populate_recordset(null::cases, $1::text::jsonb) AS r
ON CONFLICT (case_id) DO UPDATE SET restricted = excluded.restricted
