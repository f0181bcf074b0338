-- The person that a sender's customer number leads to, under whichever version of the key it was written down.
SELECT person_id FROM public.person_links WHERE sender = $1 AND customer_hmac = ANY ($2::bytea[])
