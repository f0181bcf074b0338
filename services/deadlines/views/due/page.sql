-- A page of what is due, in the order of the days, from after a row on. A filter that is null lets everything through.
SELECT due.case_id, cases.reference, due.clock, due.occurrence, due.regime, due.stage, due.role, due.base_date,
    due.due_on, due.given, due.state, due.met_on, due.late,
    coalesce(due.department_id, cases.department_id) AS department_id,
    CASE WHEN due.department_id IS NULL THEN cases.department_name END AS department_name,
    cases.officer_id, cases.historic, cases.restricted
FROM views.due
JOIN views.cases ON cases.case_id = due.case_id AND cases.reference IS NOT NULL
WHERE due.state = ANY ($1::text[])
  AND due.role = ANY ($2::text[])
  AND ($3::date IS NULL OR due.due_on <= $3)
  AND ($4::uuid IS NULL OR coalesce(due.department_id, cases.department_id) = $4)
  AND ($5::uuid IS NULL OR cases.officer_id = $5)
  AND ($6 OR NOT cases.restricted)
  AND ($7 OR NOT cases.historic)
  AND (due.due_on, due.case_id, due.clock, due.occurrence) > ($8, $9, $10, $11)
ORDER BY due.due_on, due.case_id, due.clock, due.occurrence
LIMIT $12
