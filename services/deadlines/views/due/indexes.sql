CREATE INDEX due_by_day_idx ON due (due_on, case_id, clock, occurrence) WHERE state IN ('running', 'missed', 'paused');
CREATE INDEX due_by_department_idx ON due (department_id, due_on) WHERE state IN ('running', 'missed', 'paused');
