-- The cases with a live clock whose window holds the day and whose arithmetic counts that nation's holidays.
SELECT DISTINCT case_id
FROM views.due
WHERE state IN ('running', 'missed', 'paused')
  AND region = ANY ($1::text[])
  AND base_date <= $2
  AND due_on >= $2
  AND case_id > $3
ORDER BY case_id
LIMIT $4
