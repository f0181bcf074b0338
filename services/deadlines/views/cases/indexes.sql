CREATE UNIQUE INDEX cases_reference_idx ON cases (reference);
CREATE INDEX cases_at_schools_idx ON cases (case_id) WHERE school IS NOT NULL AND NOT closed;
CREATE INDEX cases_department_idx ON cases (department_id);
CREATE INDEX cases_officer_idx ON cases (officer_id);
