-- The open cases about a school: what is known of its terms may be other than when their clocks were worked out.
SELECT case_id
FROM views.cases
WHERE school IS NOT NULL AND NOT closed
  AND case_id > $1
ORDER BY case_id
LIMIT $2
