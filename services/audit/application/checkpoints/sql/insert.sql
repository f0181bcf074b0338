-- Keeps a checkpoint.
INSERT INTO public.checkpoints (at, note)
VALUES ($1, $2)
RETURNING number
