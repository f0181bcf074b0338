SELECT key_id, owner, case_id, wrapped
FROM public.data_keys
WHERE substring(wrapped FROM 1 FOR 4) <> $1
ORDER BY key_id
LIMIT $2
FOR UPDATE
