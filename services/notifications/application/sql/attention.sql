-- What a person has to see to, oldest first: $1 are the grounds of suppression that count among it.
SELECT to_jsonb(o)::text
FROM views.outbox AS o
INNER JOIN views.cases AS c ON o.case_id = c.case_id
WHERE
    (
        o.state IN ('failed', 'outcome-unknown')
        OR (o.state = 'suppressed' AND o.ground = ANY($1::text []))
    )
    AND ($2 OR NOT c.restricted)
ORDER BY o.changed_at, o.notification
LIMIT $3
