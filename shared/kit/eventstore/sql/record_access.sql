-- That somebody looked.
INSERT INTO public.access_log (principal, key, reference, what) VALUES ($1, $2, $3, $4)
