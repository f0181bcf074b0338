-- A clock of a case. A pause names clocks without their occurrence: the latest of each is meant.
CREATE TABLE clocks (
    case_id uuid NOT NULL,
    clock text NOT NULL,
    occurrence integer NOT NULL,
    regime text NOT NULL,
    regime_version text NOT NULL,
    stage text NOT NULL,
    role text NOT NULL,
    state text NOT NULL,
    due_on date NOT NULL,
    department_id uuid,
    PRIMARY KEY (case_id, clock, occurrence)
);
CREATE INDEX clocks_due_on_idx ON clocks (due_on) WHERE state IN ('running', 'missed');
