-- A council case as far as a referral needs it: its reference, whose matter it is, who may see it.
CREATE TABLE cases (
    case_id uuid PRIMARY KEY,
    reference text NOT NULL,
    owner uuid NOT NULL,
    restricted boolean NOT NULL
);

CREATE UNIQUE INDEX cases_reference_idx ON cases (reference);
