CREATE INDEX case_list_order_idx ON case_list (received_on DESC, reference DESC);
CREATE INDEX case_list_department_idx ON case_list (department_id, received_on DESC);
CREATE INDEX case_list_officer_idx ON case_list (officer_id, received_on DESC);
