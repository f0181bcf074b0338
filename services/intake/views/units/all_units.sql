-- Every unit, by name.
SELECT unit_id, version, code, name, kind, email::text AS email FROM views.units ORDER BY name, code
