SELECT key_id, owner, case_id, wrapped, destroyed_at FROM public.get_keys($1)
