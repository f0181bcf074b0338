CREATE TABLE units (
    unit_id uuid PRIMARY KEY,
    version bigint,
    code text,
    name text,
    kind text,
    email jsonb
);
