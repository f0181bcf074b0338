-- Keeps the claims of a poller that is alive.
UPDATE public.due_work
SET claim_at = clock_timestamp() + $3::interval
WHERE id = ANY($1::uuid[]) AND lease = $2
