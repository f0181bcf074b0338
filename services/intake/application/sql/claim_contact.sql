-- Claims the same words from the same sender. A claim younger than $6 stands; an older one is taken over, and the
-- command that it led to is remembered as the previous one.
INSERT INTO public.contact_claims AS claim (body_hmac, sender, command_id, person_id, claimed_at)
VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (body_hmac) DO UPDATE SET
    previous_command_id = CASE
        WHEN claim.claimed_at <= $6 THEN claim.command_id ELSE claim.previous_command_id
    END,
    command_id = CASE WHEN claim.claimed_at <= $6 THEN excluded.command_id ELSE claim.command_id END,
    person_id = CASE WHEN claim.claimed_at <= $6 THEN excluded.person_id ELSE claim.person_id END,
    claimed_at = CASE WHEN claim.claimed_at <= $6 THEN excluded.claimed_at ELSE claim.claimed_at END
RETURNING command_id, person_id, previous_command_id
