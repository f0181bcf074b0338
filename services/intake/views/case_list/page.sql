-- One page of cases, the latest received first; a filter that is null lets everything through.
SELECT to_jsonb(c)::text AS row
FROM views.case_list AS c
WHERE
    ($1::boolean OR NOT c.restricted)
    AND ($2::text IS NULL OR c.standing = $2)
    AND ($3::text IS NULL OR c.regime = $3 OR ($3 = '' AND c.regime IS NULL))
    AND ($4::text IS NULL OR c.stage = $4)
    AND ($5::uuid IS NULL OR c.department_id = $5)
    AND ($6::uuid IS NULL OR c.officer_id = $6)
    AND ($7::uuid IS NULL OR c.case_id IN (SELECT p.case_id FROM views.case_people AS p WHERE p.person_id = $7))
    AND ($8::date IS NULL OR c.received_on >= $8)
    AND ($9::date IS NULL OR c.received_on <= $9)
    AND ($10::boolean IS NULL OR c.receipt_is_doubtful = $10)
    AND ($11::date IS NULL OR (c.received_on, c.reference) < ($11::date, $12::text))
ORDER BY c.received_on DESC, c.reference DESC
LIMIT $13
