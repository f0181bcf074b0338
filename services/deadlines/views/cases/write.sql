-- Writes each case's row as it is now.
INSERT INTO cases (case_id, reference, regime, stage, received_on, department_id, department_name, officer_id, historic,
    restricted, closed)
SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::date[], $6::uuid[], $7::text[], $8::uuid[],
    $9::boolean[], $10::boolean[], $11::boolean[])
ON CONFLICT (case_id) DO UPDATE SET
    reference = excluded.reference,
    regime = excluded.regime,
    stage = excluded.stage,
    received_on = excluded.received_on,
    department_id = excluded.department_id,
    department_name = excluded.department_name,
    officer_id = excluded.officer_id,
    historic = excluded.historic,
    restricted = excluded.restricted,
    closed = excluded.closed
