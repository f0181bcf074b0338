-- Everything about one case, oldest first.
SELECT to_jsonb(o)::text
FROM views.outbox AS o
WHERE o.case_id = $1
ORDER BY o.requested_at, o.notification
