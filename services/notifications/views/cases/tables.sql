-- A case as far as its messages are concerned. Names and addresses stay sealed.
CREATE TABLE cases (
    case_id uuid PRIMARY KEY,
    reference text NOT NULL,
    language text NOT NULL,
    historic boolean NOT NULL,
    status text NOT NULL,
    regime text,
    regime_version text,
    stage text,
    restricted boolean NOT NULL,
    customer_id uuid,
    customer_name jsonb,
    customer_email jsonb,
    department_id uuid,
    department_name text,
    officer_id uuid,
    safe_channels text [],
    responded text [] NOT NULL,
    parts_asked integer [] NOT NULL,
    parts_over integer [] NOT NULL
);

CREATE UNIQUE INDEX cases_reference_idx ON cases (reference);
