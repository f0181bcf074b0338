SELECT case_id, reference, owner, restricted
FROM views.cases
WHERE reference = $1
