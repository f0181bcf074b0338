-- The newest checkpoints, the newest first.
SELECT number, at, note
FROM public.checkpoints
ORDER BY number DESC
LIMIT $1
