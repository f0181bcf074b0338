-- Links a sender's customer number to a person, unless it is linked already.
INSERT INTO public.person_links (sender, customer_hmac, person_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING
