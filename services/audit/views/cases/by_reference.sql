-- The case that a reference names.
SELECT case_id, reference, restricted
FROM views.cases
WHERE reference = $1
