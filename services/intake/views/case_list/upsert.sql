-- Writes what a batch changes of the cases it touches; columns that aren't named stay as they are.
INSERT INTO case_list
SELECT (jsonb_populate_record(known, patch.columns::jsonb || jsonb_build_object('case_id', patch.case_id))).*
FROM unnest($1::uuid[], $2::text[]) AS patch (case_id, columns)
LEFT JOIN case_list AS known ON known.case_id = patch.case_id
ON CONFLICT (case_id) DO UPDATE SET
    reference = excluded.reference,
    version = excluded.version,
    standing = excluded.standing,
    restricted = excluded.restricted,
    historic = excluded.historic,
    channel = excluded.channel,
    adapter = excluded.adapter,
    sender = excluded.sender,
    language = excluded.language,
    received_on = excluded.received_on,
    opened_at = excluded.opened_at,
    changed_at = excluded.changed_at,
    customer_name = excluded.customer_name,
    subject = excluded.subject,
    service_hint = excluded.service_hint,
    category_hint = excluded.category_hint,
    likely_repeat_of = excluded.likely_repeat_of,
    regime = excluded.regime,
    stage = excluded.stage,
    department_id = excluded.department_id,
    department_name = excluded.department_name,
    officer_id = excluded.officer_id,
    acknowledged_on = excluded.acknowledged_on,
    responded_on = excluded.responded_on,
    escalated_on = excluded.escalated_on,
    closed_on = excluded.closed_on,
    closing_ground = excluded.closing_ground,
    with_ombudsman = excluded.with_ombudsman
