CREATE TABLE case_list (
    case_id uuid PRIMARY KEY,
    reference text,
    version bigint,
    standing text,
    restricted boolean,
    historic boolean,
    channel text,
    adapter text,
    sender text,
    language text,
    received_on date,
    opened_at timestamptz,
    changed_at timestamptz,
    customer_name jsonb,
    subject jsonb,
    service_hint text,
    category_hint text,
    likely_repeat_of text,
    regime text,
    stage text,
    department_id uuid,
    department_name text,
    officer_id uuid,
    acknowledged_on date,
    responded_on date,
    escalated_on date,
    closed_on date,
    closing_ground text,
    with_ombudsman boolean
);
CREATE INDEX case_list_order_idx ON case_list (received_on DESC, reference DESC);
CREATE INDEX case_list_department_idx ON case_list (department_id, received_on DESC);
CREATE INDEX case_list_officer_idx ON case_list (officer_id, received_on DESC);
CREATE TABLE case_people (
    case_id uuid NOT NULL,
    person_id uuid NOT NULL,
    part text NOT NULL,
    PRIMARY KEY (case_id, person_id)
);
CREATE INDEX case_people_person_idx ON case_people (person_id);
