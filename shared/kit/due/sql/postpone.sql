-- Moves the instant from which a row is owed.
UPDATE public.due_work
SET due_at = $3, turn_at = $3, claim_at = $3, lease = NULL, attempts = attempts - 1
WHERE id = $1 AND lease = $2
