-- Everybody who belongs, belonged or will belong to a unit.
SELECT to_jsonb(s)::text
FROM views.staff AS s
WHERE s.units @> jsonb_build_array(jsonb_build_object('unit_id', $1::uuid))
