-- That somebody looked, or was refused.
INSERT INTO public.access_log (principal, key, reference, what, refused) VALUES ($1, $2, $3, $4, $5)
