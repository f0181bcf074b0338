-- What a unit was called from `since` on; the version is that of the event that said so.
CREATE TABLE unit_names (
    unit_id uuid NOT NULL,
    version bigint NOT NULL,
    since timestamptz NOT NULL,
    name text NOT NULL,
    PRIMARY KEY (unit_id, version)
);

-- An officer's name, sealed, and the principal that they act as, where that is known.
CREATE TABLE officer_names (
    unit_id uuid NOT NULL,
    version bigint NOT NULL,
    since timestamptz NOT NULL,
    officer_id uuid NOT NULL,
    principal text,
    name jsonb NOT NULL,
    PRIMARY KEY (unit_id, version)
);

CREATE INDEX officer_names_principal_idx ON officer_names (principal);
CREATE INDEX officer_names_officer_idx ON officer_names (officer_id);
