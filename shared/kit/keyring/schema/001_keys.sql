-- The keyring: one data key for each person in each case, wrapped by the master key.

CREATE TABLE data_keys (
    key_id uuid PRIMARY KEY,
    owner uuid NOT NULL,
    case_id uuid NOT NULL,
    wrapped bytea NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    UNIQUE (owner, case_id)
);

CREATE INDEX data_keys_by_case ON data_keys (case_id);

-- Which keys are gone, without any key material: a reader can tell "destroyed" from "never seen".
CREATE TABLE destroyed_keys (
    key_id uuid PRIMARY KEY,
    owner uuid NOT NULL,
    case_id uuid NOT NULL,
    destroyed_at timestamptz NOT NULL
);

-- What was ordered: all of an owner, all of a case, or an owner in a case. It also covers keys that were
-- not there when it was ordered, so that nothing comes back after a restore or from a command under way.
CREATE TABLE destructions (
    owner uuid,
    case_id uuid,
    destroyed_at timestamptz NOT NULL,
    UNIQUE NULLS NOT DISTINCT (owner, case_id),
    CHECK (owner IS NOT NULL OR case_id IS NOT NULL)
);

CREATE INDEX destructions_by_case ON destructions (case_id);

REVOKE ALL ON data_keys, destroyed_keys, destructions FROM PUBLIC;
