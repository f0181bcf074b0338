CREATE TABLE cases (
    case_id uuid PRIMARY KEY,
    reference text,
    regime text,
    stage text,
    received_on date,
    department_id uuid,
    department_name text,
    officer_id uuid,
    historic boolean NOT NULL,
    restricted boolean NOT NULL,
    closed boolean NOT NULL
);
CREATE UNIQUE INDEX cases_reference_idx ON cases (reference);
CREATE INDEX cases_department_idx ON cases (department_id);
CREATE INDEX cases_officer_idx ON cases (officer_id);
