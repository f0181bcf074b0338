-- Records a due command that led to no event, and deletes its due row. A receipt that is there already stands.
WITH done AS (
    DELETE FROM public.due_work WHERE id = $5
)

INSERT INTO public.command_receipts (principal, command_id, body_hmac, answer)
VALUES ($1, $2, $3, $4::text::jsonb)
ON CONFLICT DO NOTHING
