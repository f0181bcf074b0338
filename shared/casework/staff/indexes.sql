CREATE INDEX staff_units_idx ON staff USING gin (units jsonb_path_ops);
