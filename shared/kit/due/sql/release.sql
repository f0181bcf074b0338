-- Gives a claim back without having failed, for another try after a pause.
UPDATE public.due_work
SET claim_at = clock_timestamp() + $3::interval, lease = NULL, attempts = attempts - 1
WHERE id = ANY($1::uuid[]) AND lease = $2
