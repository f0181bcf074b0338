-- What is due by a day ($1) in the open cases that have an officer; of one officer's ($2) where one is asked for.
-- Another department's part of an answer is that department's own.
SELECT
    to_jsonb(c)::text AS of_case,
    to_jsonb(k)::text AS clock
FROM views.clocks AS k
INNER JOIN views.cases AS c ON k.case_id = c.case_id
WHERE
    k.due_on <= $1
    AND k.state IN ('running', 'missed')
    AND k.role IN ('duty', 'backstop')
    AND c.officer_id IS NOT null
    AND ($2::uuid IS null OR c.officer_id = $2)
    AND c.status = 'open'
    AND NOT c.historic
    AND NOT k.stage = ANY(c.responded)
    AND (k.department_id IS null OR k.department_id = c.department_id)
