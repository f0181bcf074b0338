INSERT INTO clocks
SELECT r.*
FROM jsonb_populate_recordset(null::clocks, $1::text::jsonb) AS r
ON CONFLICT (case_id, clock, occurrence) DO UPDATE SET
    regime = excluded.regime,
    regime_version = excluded.regime_version,
    stage = excluded.stage,
    role = excluded.role,
    state = excluded.state,
    due_on = excluded.due_on,
    department_id = excluded.department_id
