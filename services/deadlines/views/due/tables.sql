CREATE TABLE due (
    case_id uuid NOT NULL,
    clock text NOT NULL,
    occurrence integer NOT NULL,
    regime text NOT NULL,
    stage text NOT NULL,
    role text NOT NULL,
    base_date date NOT NULL,
    due_on date NOT NULL,
    given boolean NOT NULL,
    region text,
    state text NOT NULL,
    met_on date,
    late boolean NOT NULL,
    calendar_version text NOT NULL,
    department_id uuid,
    PRIMARY KEY (case_id, clock, occurrence)
);
CREATE INDEX due_by_day_idx ON due (due_on, case_id, clock, occurrence) WHERE state IN ('running', 'missed', 'paused');
CREATE INDEX due_by_department_idx ON due (department_id, due_on) WHERE state IN ('running', 'missed', 'paused');
