SELECT public.destroy_keys($1, $2)
