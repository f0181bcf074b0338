INSERT INTO erased_people (person_id)
SELECT unnest($1::uuid [])
ON CONFLICT DO NOTHING
