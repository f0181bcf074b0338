-- Commands that a service owes, each with its instant. The id is the command's, so it is done once.
CREATE TABLE public.due_work (
    id uuid PRIMARY KEY,
    key uuid NOT NULL,
    stream text NOT NULL,
    command text NOT NULL,
    payload jsonb NOT NULL,
    due_at timestamptz NOT NULL,
    turn_at timestamptz NOT NULL,
    position bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    correlation_id uuid NOT NULL,
    causation_id uuid NOT NULL,
    claim_at timestamptz NOT NULL,
    lease uuid,
    attempts integer NOT NULL DEFAULT 0,
    failures integer NOT NULL DEFAULT 0,
    error text,
    parked_at timestamptz
);
COMMENT ON COLUMN public.due_work.claim_at IS
'when a poller may next claim it: the due instant, the end of a lease, of a hold or of a back-off';
COMMENT ON COLUMN public.due_work.turn_at IS
'its place among its key''s rows: the due instant, or the end of the hold or postponement that it was last given';
COMMENT ON COLUMN public.due_work.position IS
'the order in which rows were written, which decides between rows of one key that have the same turn';
COMMENT ON COLUMN public.due_work.lease IS
'which poller claimed it last';
COMMENT ON COLUMN public.due_work.attempts IS
'claims that came to an end by themselves or never; a hold, a conflict or an outage takes its claim off again';
COMMENT ON COLUMN public.due_work.failures IS
'tries that ended in an error; the last error stands beside it';

CREATE INDEX due_work_claim_idx ON public.due_work (claim_at) WHERE parked_at IS NULL;
CREATE INDEX due_work_order_idx ON public.due_work (key, turn_at, position);
CREATE INDEX due_work_due_idx ON public.due_work (due_at) WHERE parked_at IS NULL;
CREATE INDEX due_work_parked_idx ON public.due_work (key) WHERE parked_at IS NOT NULL;

GRANT SELECT, INSERT, UPDATE, DELETE ON public.due_work TO redress_service;
GRANT SELECT ON public.due_work TO redress_auditor;
