-- Who looked at what, and who was refused. Append-only; never part of a case's own stream, so that looking changes no
-- version.
CREATE TABLE public.access_log (
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    principal text NOT NULL,
    key uuid NOT NULL,
    reference text,
    what text NOT NULL,
    refused boolean NOT NULL DEFAULT false
);

CREATE INDEX access_log_key_idx ON public.access_log (key, number);

GRANT SELECT, INSERT (principal, key, reference, what, refused) ON public.access_log TO redress_service;
GRANT SELECT ON public.access_log TO redress_auditor;
