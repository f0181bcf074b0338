-- Whether nobody could be reminded of this clock yet: neither has it a department of its own, nor is its case assigned.
SELECT EXISTS (
    SELECT FROM views.due AS d
    INNER JOIN views.cases AS c ON c.case_id = d.case_id
    WHERE d.case_id = $1 AND d.clock = $2 AND d.occurrence = $3 AND d.state IN ('running', 'missed')
    AND d.department_id IS NULL AND c.department_id IS NULL AND NOT c.closed
)
