-- Where the relay of this service stands. One row a service; whoever holds the advisory lock owns the epoch.
CREATE TABLE public.relay_state (
    service text PRIMARY KEY,
    epoch bigint NOT NULL DEFAULT 0,
    transaction_id bigint NOT NULL DEFAULT 0,
    notification_id bigint NOT NULL DEFAULT 0,
    cluster_id text,
    acknowledged jsonb NOT NULL DEFAULT '{}'
);
COMMENT ON COLUMN public.relay_state.acknowledged IS
    'per partition the offset and the event id of the last record that the log acknowledged';

GRANT SELECT, INSERT, UPDATE ON public.relay_state TO redress_service;
GRANT SELECT ON public.relay_state TO redress_auditor;
