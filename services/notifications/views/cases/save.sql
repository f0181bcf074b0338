INSERT INTO cases
SELECT r.*
FROM jsonb_populate_recordset(null::cases, $1::text::jsonb) AS r
ON CONFLICT (case_id) DO UPDATE SET
    status = excluded.status,
    regime = excluded.regime,
    regime_version = excluded.regime_version,
    stage = excluded.stage,
    restricted = excluded.restricted,
    department_id = excluded.department_id,
    department_name = excluded.department_name,
    officer_id = excluded.officer_id,
    safe_channels = excluded.safe_channels,
    responded = excluded.responded,
    parts_asked = excluded.parts_asked,
    parts_over = excluded.parts_over
