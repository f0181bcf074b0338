CREATE TABLE units (
    unit_id uuid PRIMARY KEY,
    version bigint,
    code text,
    name text,
    kind text,
    email jsonb
);
CREATE TABLE officers (
    officer_id uuid PRIMARY KEY,
    unit_id uuid,
    role text,
    principal text,
    name jsonb,
    email jsonb,
    has_left boolean
);
CREATE INDEX officers_unit_idx ON officers (unit_id);
