-- What a principal's command was answered.
SELECT body_hmac, answer::text AS answer
FROM public.command_receipts
WHERE principal = $1 AND command_id = $2
