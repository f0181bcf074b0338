-- The case of a reference.
SELECT case_id, reference, regime, stage, received_on, department_id, department_name, officer_id, historic,
    restricted, closed
FROM views.cases
WHERE reference = $1
