-- The newest messages in a state ($1) of a case ($2), where these are asked for; restricted cases only for some ($3).
SELECT to_jsonb(o)::text
FROM views.outbox AS o
INNER JOIN views.cases AS c ON o.case_id = c.case_id
WHERE
    ($1::text IS null OR o.state = $1)
    AND ($2::text IS null OR o.reference = $2)
    AND ($3 OR NOT c.restricted)
ORDER BY o.changed_at DESC, o.notification
LIMIT $4
