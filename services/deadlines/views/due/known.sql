-- The rows of these cases as they are.
SELECT case_id, clock, occurrence, regime, stage, role, base_date, due_on, given, region, state, met_on, late,
    calendar_version, department_id
FROM due
WHERE case_id = ANY ($1::uuid[])
