-- The case that a reference names, as the service that asks folds it.
SELECT to_jsonb(c)::text
FROM views.cases AS c
WHERE c.reference = $1
