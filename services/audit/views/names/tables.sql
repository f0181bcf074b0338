-- What a unit was called from `since` on; the version is that of the event that said so.
CREATE TABLE unit_names (
    unit_id uuid NOT NULL,
    version bigint NOT NULL,
    since timestamptz NOT NULL,
    name text NOT NULL,
    PRIMARY KEY (unit_id, version)
);

-- The name of a person of staff from `since` on, sealed.
CREATE TABLE staff_names (
    person_id uuid NOT NULL,
    version bigint NOT NULL,
    since timestamptz NOT NULL,
    name jsonb NOT NULL,
    PRIMARY KEY (person_id, version)
);
