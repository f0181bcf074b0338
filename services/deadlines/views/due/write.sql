-- Writes each run's row as it is now.
INSERT INTO due (case_id, clock, occurrence, regime, stage, role, base_date, due_on, given, region, state, met_on, late,
    calendar_version, department_id)
SELECT * FROM unnest($1::uuid[], $2::text[], $3::integer[], $4::text[], $5::text[], $6::text[], $7::date[], $8::date[],
    $9::boolean[], $10::text[], $11::text[], $12::date[], $13::boolean[], $14::text[], $15::uuid[])
ON CONFLICT (case_id, clock, occurrence) DO UPDATE SET
    regime = excluded.regime,
    stage = excluded.stage,
    role = excluded.role,
    base_date = excluded.base_date,
    due_on = excluded.due_on,
    given = excluded.given,
    region = excluded.region,
    state = excluded.state,
    met_on = excluded.met_on,
    late = excluded.late,
    calendar_version = excluded.calendar_version,
    department_id = excluded.department_id
