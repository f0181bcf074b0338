-- After an erasure nothing tells what the person wrote.
DELETE FROM public.contact_claims WHERE person_id = $1
