-- What a command was answered, written with its events; a command id belongs to its principal.
CREATE TABLE public.command_receipts (
    principal text NOT NULL,
    command_id uuid NOT NULL,
    body_hmac bytea NOT NULL,
    answer jsonb NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (principal, command_id)
);

-- The reference that people quote, and the stream it names. Never changed; numbers may have gaps.
CREATE TABLE public.case_references (
    reference text PRIMARY KEY,
    stream text NOT NULL,
    key uuid NOT NULL
);

CREATE INDEX case_references_key_idx ON public.case_references (key);

CREATE TABLE public.reference_counters (
    year integer PRIMARY KEY,
    number bigint NOT NULL CHECK (number > 0)
);

GRANT SELECT, INSERT (principal, command_id, body_hmac, answer) ON public.command_receipts TO redress_service;
GRANT SELECT, INSERT ON public.case_references TO redress_service;
GRANT SELECT, INSERT, UPDATE ON public.reference_counters TO redress_service;
GRANT SELECT ON public.command_receipts, public.case_references TO redress_auditor;
