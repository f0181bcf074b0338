-- A unit with its officers, in the order in which they were registered.
CREATE TABLE directory (
    unit_id uuid PRIMARY KEY,
    name text NOT NULL,
    email jsonb,
    officers jsonb NOT NULL
);
