-- Who is in a case, as the customer or as who writes for them.
INSERT INTO case_people (case_id, person_id, part)
SELECT p.case_id, p.person_id, p.part
FROM unnest($1::uuid[], $2::uuid[], $3::text[]) AS p (case_id, person_id, part)
ON CONFLICT DO NOTHING
