-- Commands that a service owes, each with its instant. The id is the command's, so it is done once.
CREATE TABLE public.due_work (
    id uuid PRIMARY KEY,
    key uuid NOT NULL,
    stream text NOT NULL,
    command text NOT NULL,
    payload jsonb NOT NULL,
    due_at timestamptz NOT NULL,
    correlation_id uuid NOT NULL,
    causation_id uuid NOT NULL,
    claim_at timestamptz NOT NULL,
    lease uuid,
    attempts integer NOT NULL DEFAULT 0,
    error text,
    parked_at timestamptz
);
COMMENT ON COLUMN public.due_work.claim_at IS
    'when a poller may next claim it: the due instant, a postponement, the end of a lease or of a back-off';

CREATE INDEX due_work_claim_idx ON public.due_work (claim_at) WHERE parked_at IS NULL;
CREATE INDEX due_work_key_idx ON public.due_work (key);

GRANT SELECT, INSERT, UPDATE, DELETE ON public.due_work TO redress_service;
GRANT SELECT ON public.due_work TO redress_auditor;
