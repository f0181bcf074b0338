SELECT key_id, wrapped FROM public.create_key($1, $2, $3, $4)
