-- The events. The first five columns are those of the eventsourcing library (9.5, originator ids as text), so
-- that its own tools open this table; the rest is the envelope. Nobody but the owner may change or remove a row.
CREATE TABLE public.stored_events (
    originator_id text NOT NULL CHECK (length(originator_id) BETWEEN 1 AND 200),
    originator_version bigint NOT NULL CHECK (originator_version > 0),
    topic text NOT NULL,
    state bytea NOT NULL,
    notification_id bigint GENERATED ALWAYS AS IDENTITY,
    transaction_id xid8 NOT NULL DEFAULT pg_current_xact_id(),
    event_id uuid NOT NULL,
    source text NOT NULL,
    key uuid NOT NULL,
    happened_at timestamptz NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    principal text NOT NULL CHECK (length(principal) BETWEEN 1 AND 200),
    correlation_id uuid NOT NULL,
    causation_id uuid,
    PRIMARY KEY (originator_id, originator_version)
) WITH (
    autovacuum_enabled = true,
    autovacuum_vacuum_threshold = 100000000,
    autovacuum_vacuum_scale_factor = 0.5,
    autovacuum_analyze_threshold = 1000,
    autovacuum_analyze_scale_factor = 0.01
);

CREATE UNIQUE INDEX stored_events_notification_id_idx ON public.stored_events (notification_id);

-- Serves gap-free reading in the order of (transaction id, number).
CREATE INDEX stored_events_reading_order_idx ON public.stored_events (transaction_id, notification_id);

-- What a service decides. Its number, its transaction and its time are the database's: a service that could name them
-- could hide a row from every reader, or say that it is older than it is.
GRANT SELECT,
INSERT (
    originator_id, originator_version, topic, state, event_id, source, key, happened_at, principal, correlation_id,
    causation_id
) ON public.stored_events TO redress_service;
GRANT SELECT ON public.stored_events TO redress_auditor;
