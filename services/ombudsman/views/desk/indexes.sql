CREATE INDEX desk_case_id_idx ON desk (case_id);
