-- Which person a sender's own customer number leads to; the number itself stands nowhere. Rows go at erasure.
CREATE TABLE public.person_links (
    sender text NOT NULL,
    customer_hmac bytea NOT NULL,
    person_id uuid NOT NULL,
    PRIMARY KEY (sender, customer_hmac)
);
CREATE INDEX person_links_person_id_idx ON public.person_links (person_id);

-- Who came first with the same words from the same sender, for formats without message ids. A claim is older than
-- the case that it leads to, so that two at once, or one after a crash, lead to the same. Rows go at erasure.
CREATE TABLE public.contact_claims (
    body_hmac bytea PRIMARY KEY,
    sender text NOT NULL,
    command_id uuid NOT NULL,
    person_id uuid NOT NULL,
    previous_command_id uuid,
    claimed_at timestamptz NOT NULL
);
CREATE INDEX contact_claims_person_id_idx ON public.contact_claims (person_id);

GRANT SELECT, INSERT, DELETE ON public.person_links TO redress_service;
GRANT SELECT, INSERT, UPDATE, DELETE ON public.contact_claims TO redress_service;
