-- What the ledger says of the streams $1 and the keys $2, of the views, and of the reactors: in one answer, because
-- a batch of one event asks it, too.
SELECT
    (
        SELECT coalesce(json_object_agg(p.stream, p.version), '{}')
        FROM stream_positions AS p WHERE p.stream = any($1::text[])
    ) AS versions,
    EXISTS (SELECT FROM held_events AS h WHERE h.stream = any($1::text[])) AS holds,
    ARRAY(SELECT k.key FROM parked_keys AS k WHERE k.key = any($2::uuid[])) AS parked,
    (SELECT coalesce(json_object_agg(v.name, v.version), '{}') FROM view_versions AS v) AS views,
    (
        SELECT coalesce(json_object_agg(r.name, json_build_object(
            'since', r.since,
            'from_beginning', r.from_beginning,
            'offsets', (
                SELECT coalesce(json_object_agg(s.partition, s.off), '{}')
                FROM reactor_starts AS s WHERE s.reactor = r.name
            )
        )), '{}')
        FROM reactors AS r
    ) AS starts
