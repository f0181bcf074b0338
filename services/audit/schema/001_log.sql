-- Audit's own copy of the log: every event as it was received, in the order of first occurrences. Its role may add
-- rows and read them; nobody but the owner may change or remove one. It is never rebuilt: see the decision on it.
CREATE TABLE public.audit_log (
    partition integer NOT NULL,
    leaf_index bigint NOT NULL CHECK (leaf_index >= 0),
    log_offset bigint NOT NULL,
    sent_at bigint NOT NULL,
    was_set_aside boolean NOT NULL,
    stream text NOT NULL,
    version bigint NOT NULL,
    key uuid NOT NULL,
    event_id uuid NOT NULL,
    wire_name text NOT NULL,
    source text NOT NULL,
    happened_at timestamptz NOT NULL,
    recorded_at timestamptz NOT NULL,
    principal text NOT NULL,
    correlation_id uuid NOT NULL,
    causation_id uuid,
    headers bytea NOT NULL,
    value bytea NOT NULL,
    leaf_hash bytea NOT NULL CHECK (length(leaf_hash) = 32),
    case_count bigint NOT NULL CHECK (case_count > 0),
    case_chain bytea NOT NULL CHECK (length(case_chain) = 32),
    received_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (partition, leaf_index)
) WITH (
    autovacuum_vacuum_insert_threshold = 100000,
    autovacuum_analyze_threshold = 1000,
    autovacuum_analyze_scale_factor = 0.01
);
COMMENT ON COLUMN public.audit_log.leaf_index IS 'the place of its leaf in the tree of the partition, from 0';
COMMENT ON COLUMN public.audit_log.log_offset IS 'where it was first met; another log has other offsets';
COMMENT ON COLUMN public.audit_log.sent_at IS 'the record''s time in ms: with the offset, it tells one log from another';
COMMENT ON COLUMN public.audit_log.was_set_aside IS 'kept later than its place on the log: it was held or parked';
COMMENT ON COLUMN public.audit_log.headers IS 'all headers as received: see services.audit.views.log.headers';
COMMENT ON COLUMN public.audit_log.case_count IS 'events of this key in this partition so far, this one included';
COMMENT ON COLUMN public.audit_log.case_chain IS 'the chain over their leaf hashes: see shared.kit.merkle.case_head';

-- One event for each version of a stream; how an event is found by its name.
CREATE UNIQUE INDEX audit_log_stream_idx ON public.audit_log (stream, version);

-- A case's timeline and its head, with any number of events in the log.
CREATE UNIQUE INDEX audit_log_case_idx ON public.audit_log (key, partition, case_count);

-- Complete subtrees of 16 leaves and more, which never change again; smaller ones are remade from their leaves.
CREATE TABLE public.tree_nodes (
    partition integer NOT NULL,
    level smallint NOT NULL CHECK (level >= 4),
    position bigint NOT NULL CHECK (position >= 0),
    hash bytea NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (partition, level, position)
);

-- What must never happen, once for each record that did it.
CREATE TABLE public.alarms (
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    kind text NOT NULL CHECK (kind IN ('other-bytes', 'id-not-derived')),
    stream text NOT NULL,
    version bigint NOT NULL,
    event_id uuid NOT NULL,
    partition integer NOT NULL,
    log_offset bigint NOT NULL,
    headers bytea NOT NULL,
    value bytea NOT NULL,
    leaf_hash bytea NOT NULL,
    UNIQUE (kind, stream, version, leaf_hash)
);
COMMENT ON COLUMN public.alarms.kind IS
'other-bytes: an event came again and was not the same; id-not-derived: its id is not that of its stream and version';

GRANT SELECT, INSERT ON public.audit_log, public.tree_nodes, public.alarms TO redress_service;
GRANT SELECT ON public.audit_log, public.tree_nodes, public.alarms TO redress_auditor;
