SELECT
    d.referral,
    c.reference,
    d.ombudsman,
    d.their_reference,
    d.referred_on,
    d.enquiries,
    d.waiting,
    d.waiting_since,
    d.decided_on,
    d.outcome
FROM views.desk AS d
INNER JOIN views.cases AS c ON d.case_id = c.case_id
WHERE
    ($1 OR NOT c.restricted)
    AND ($2::boolean IS NULL OR (d.outcome IS NULL) = $2)
ORDER BY d.referred_on, d.referral
