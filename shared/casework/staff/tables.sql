-- What each person of staff is, was and will be; name and address sealed.
CREATE TABLE staff (
    person_id uuid PRIMARY KEY,
    version bigint NOT NULL,
    registered_by uuid NOT NULL,
    name jsonb,
    email jsonb,
    roles jsonb NOT NULL,
    units jsonb NOT NULL,
    groups jsonb NOT NULL,
    absences jsonb NOT NULL,
    left_on date
);
CREATE INDEX staff_units_idx ON staff USING gin (units jsonb_path_ops);
