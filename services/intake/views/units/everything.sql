-- Every unit, by name.
SELECT to_jsonb(u)::text AS row FROM views.units AS u ORDER BY u.name, u.code
