-- Where streams stand; 0 for one without events.
SELECT
    coalesce(
        (SELECT max(e.originator_version) FROM public.stored_events AS e WHERE e.originator_id = w.stream), 0
    ) AS version
FROM unnest($1::text[]) WITH ORDINALITY AS w (stream, place)
ORDER BY w.place
