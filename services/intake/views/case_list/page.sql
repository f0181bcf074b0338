-- One page of cases, the latest received first; a filter that is null lets everything through.
SELECT
    case_id, reference, version, standing, restricted, historic, channel, received_on, opened_at, changed_at,
    customer_name::text AS customer_name, subject::text AS subject, service_hint, category_hint,
    likely_repeat_of, regime, stage, department_id, department_name, officer_id, acknowledged_on,
    responded_on, escalated_on, closed_on, closing_ground, with_ombudsman
FROM views.case_list
WHERE
    ($1::boolean OR NOT coalesce(restricted, false))
    AND ($2::text IS NULL OR standing = $2)
    AND ($3::text IS NULL OR regime = $3 OR ($3 = '' AND regime IS NULL))
    AND ($4::text IS NULL OR stage = $4)
    AND ($5::uuid IS NULL OR department_id = $5)
    AND ($6::uuid IS NULL OR officer_id = $6)
    AND ($7::uuid IS NULL OR case_id IN (SELECT p.case_id FROM views.case_people AS p WHERE p.person_id = $7))
    AND ($8::date IS NULL OR received_on >= $8)
    AND ($9::date IS NULL OR received_on <= $9)
    AND ($10::date IS NULL OR (received_on, reference) < ($10::date, $11::text))
ORDER BY received_on DESC, reference DESC
LIMIT $12
