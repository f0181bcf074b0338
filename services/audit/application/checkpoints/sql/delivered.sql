-- A checkpoint was taken to a place.
INSERT INTO public.checkpoint_deliveries (number, means, target)
VALUES ($1, $2, $3)
ON CONFLICT DO NOTHING
