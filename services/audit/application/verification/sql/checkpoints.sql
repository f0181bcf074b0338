-- Every checkpoint, oldest first.
SELECT number, at, note FROM public.checkpoints ORDER BY number
