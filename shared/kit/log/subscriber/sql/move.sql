-- Remembers the last version applied of each stream, and moves positions from where they were expected; gives how many
-- were there.
WITH streams AS (
    INSERT INTO stream_positions AS p (stream, version)
    SELECT * FROM unnest($1::text[], $2::bigint[])
    ON CONFLICT (stream) DO UPDATE SET version = excluded.version
),

moved AS (
    UPDATE partition_positions AS p
    SET off = n.off, fingerprint = n.fingerprint, first_record = coalesce(n.first_record, p.first_record)
    FROM
        unnest($3::integer[], $4::bigint[], $5::bigint[], $6::text[], $7::text[])
        AS n (partition, expected, off, fingerprint, first_record)
    WHERE p.partition = n.partition AND p.off = n.expected
    RETURNING p.partition
)

SELECT count(*) FROM moved
