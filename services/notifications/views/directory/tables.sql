-- A unit.
CREATE TABLE directory (
    unit_id uuid PRIMARY KEY,
    name text NOT NULL,
    email jsonb
);
