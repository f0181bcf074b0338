-- What a set of views remembers of its reading, in the schema of the views themselves.
CREATE TABLE IF NOT EXISTS partition_positions (
    partition integer PRIMARY KEY,
    off bigint NOT NULL DEFAULT 0,
    fingerprint text,
    first_record text,
    cluster_id text
);
COMMENT ON COLUMN partition_positions.off IS 'the offset of the next record to read';
COMMENT ON COLUMN partition_positions.fingerprint IS 'of the record before it: its event id and when it was sent';
COMMENT ON COLUMN partition_positions.first_record IS 'the fingerprint of the record at offset 0: which log this is';

CREATE TABLE IF NOT EXISTS stream_positions (
    stream text PRIMARY KEY,
    version bigint NOT NULL
);

CREATE TABLE IF NOT EXISTS parked_keys (
    key uuid PRIMARY KEY,
    partition integer NOT NULL,
    error text NOT NULL,
    parked_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE TABLE IF NOT EXISTS parked_events (
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    key uuid NOT NULL,
    partition integer NOT NULL,
    off bigint NOT NULL,
    sent_at bigint NOT NULL,
    header_names bytea [] NOT NULL,
    header_values bytea [] NOT NULL,
    value bytea NOT NULL,
    error text
);
CREATE INDEX IF NOT EXISTS parked_events_key_idx ON parked_events (key, number);

CREATE TABLE IF NOT EXISTS held_events (
    stream text NOT NULL,
    version bigint NOT NULL,
    key uuid NOT NULL,
    partition integer NOT NULL,
    off bigint NOT NULL,
    sent_at bigint NOT NULL,
    header_names bytea [] NOT NULL,
    header_values bytea [] NOT NULL,
    value bytea NOT NULL,
    held_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (stream, version)
);

CREATE TABLE IF NOT EXISTS view_versions (
    name text PRIMARY KEY,
    version integer NOT NULL,
    tables text [] NOT NULL
);

CREATE TABLE IF NOT EXISTS reactors (
    name text PRIMARY KEY,
    since timestamptz NOT NULL DEFAULT clock_timestamp(),
    from_beginning boolean NOT NULL
);

CREATE TABLE IF NOT EXISTS reactor_starts (
    reactor text NOT NULL REFERENCES reactors,
    partition integer NOT NULL,
    off bigint NOT NULL,
    PRIMARY KEY (reactor, partition)
);
