-- The rows of these cases as they are.
SELECT case_id, reference, regime, stage, received_on, department_id, department_name, officer_id, historic,
    restricted, closed
FROM cases
WHERE case_id = ANY ($1::uuid[])
