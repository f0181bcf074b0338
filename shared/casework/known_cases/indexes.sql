CREATE UNIQUE INDEX cases_reference_idx ON cases (reference);
