-- People whose keys were destroyed.
CREATE TABLE erased_people (
    person_id uuid PRIMARY KEY
);
