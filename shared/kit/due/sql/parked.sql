-- The parked rows, oldest first.
SELECT id, key, stream, command, due_at, parked_at, failures, error
FROM public.due_work
WHERE parked_at IS NOT NULL
ORDER BY parked_at
