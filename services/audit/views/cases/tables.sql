-- A case by the reference that people quote.
CREATE TABLE cases (
    case_id uuid PRIMARY KEY,
    reference text NOT NULL,
    restricted boolean NOT NULL
);

CREATE UNIQUE INDEX cases_reference_idx ON cases (reference);
