SELECT key_id, owner, case_id, wrapped
FROM public.data_keys
WHERE key_id > $1 AND substring(wrapped FROM 1 FOR 4) <> $2
ORDER BY key_id
LIMIT $3
FOR UPDATE
