-- Every referral with its open enquiry, for the link officer's list. The questions are read from the stream.
CREATE TABLE desk (
    referral uuid PRIMARY KEY,
    case_id uuid NOT NULL,
    ombudsman text NOT NULL,
    their_reference text NOT NULL,
    referred_on date NOT NULL,
    enquiries integer NOT NULL,
    waiting integer [] NOT NULL,
    waiting_since date,
    decided_on date,
    outcome text
);

CREATE INDEX desk_case_id_idx ON desk (case_id);
