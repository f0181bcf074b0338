CREATE INDEX case_people_person_idx ON case_people (person_id);
