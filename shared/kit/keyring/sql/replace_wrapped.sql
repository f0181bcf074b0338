UPDATE public.data_keys SET wrapped = $2 WHERE key_id = $1
