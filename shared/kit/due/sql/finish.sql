-- Deletes a row that is done, if the append that did it hasn't, and leaves its receipt.
WITH gone AS (
    DELETE FROM public.due_work WHERE id = $2 RETURNING id
)

INSERT INTO public.command_receipts (principal, command_id, body_hmac, answer)
SELECT $1, gone.id, ''::bytea, $3::text::jsonb
FROM gone
ON CONFLICT DO NOTHING
