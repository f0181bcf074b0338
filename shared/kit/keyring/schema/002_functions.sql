-- The only way in for services. Tables are named with their schema and the search path is pinned, so that
-- nothing a caller makes can stand in for them.
--
-- A creation takes shared locks on its owner and its case, a destruction one exclusive lock on what it
-- names (the owner, else the case): no key is made beside a destruction that does not see it. That each
-- statement sees what was committed before it began needs READ COMMITTED.

CREATE FUNCTION create_key(new_key_id uuid, of_owner uuid, in_case uuid, new_wrapped bytea)
RETURNS TABLE (key_id uuid, wrapped bytea)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RETURN QUERY
        SELECT k.key_id, k.wrapped FROM public.data_keys AS k
        WHERE k.owner = of_owner AND k.case_id = in_case;
    IF FOUND THEN
        RETURN;
    END IF;
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'create_key needs READ COMMITTED' USING ERRCODE = 'invalid_transaction_state';
    END IF;
    PERFORM pg_advisory_xact_lock_shared(hashtextextended('owner ' || of_owner, 0));
    PERFORM pg_advisory_xact_lock_shared(hashtextextended('case ' || in_case, 0));
    IF EXISTS (
        SELECT FROM public.destructions AS d
        WHERE (d.owner = of_owner AND (d.case_id IS NULL OR d.case_id = in_case))
            OR (d.owner IS NULL AND d.case_id = in_case)
    ) THEN
        RETURN;
    END IF;
    INSERT INTO public.data_keys AS k (key_id, owner, case_id, wrapped)
    VALUES (new_key_id, of_owner, in_case, new_wrapped)
    ON CONFLICT (owner, case_id) DO NOTHING;
    RETURN QUERY
        SELECT k.key_id, k.wrapped FROM public.data_keys AS k
        WHERE k.owner = of_owner AND k.case_id = in_case;
END
$$;

COMMENT ON FUNCTION create_key IS 'The key of that owner in that case, the first one given; no row: destroyed.';

CREATE FUNCTION get_keys(wanted uuid[])
RETURNS TABLE (key_id uuid, owner uuid, case_id uuid, wrapped bytea, destroyed_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    SELECT k.key_id, k.owner, k.case_id, k.wrapped, NULL::timestamptz
    FROM public.data_keys AS k
    WHERE k.key_id = ANY (wanted)
    UNION ALL
    SELECT d.key_id, d.owner, d.case_id, NULL, d.destroyed_at
    FROM public.destroyed_keys AS d
    WHERE d.key_id = ANY (wanted)
$$;

COMMENT ON FUNCTION get_keys IS 'One row for each key known: with the wrapped key, or with when it was destroyed.';

CREATE FUNCTION destroy_keys(of_owner uuid, in_case uuid)
RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    number_destroyed bigint;
BEGIN
    IF of_owner IS NULL AND in_case IS NULL THEN
        RAISE EXCEPTION 'Name an owner, a case or both' USING ERRCODE = 'null_value_not_allowed';
    END IF;
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'destroy_keys needs READ COMMITTED' USING ERRCODE = 'invalid_transaction_state';
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended(coalesce('owner ' || of_owner, 'case ' || in_case), 0));
    INSERT INTO public.destructions (owner, case_id, destroyed_at)
    VALUES (of_owner, in_case, clock_timestamp())
    ON CONFLICT (owner, case_id) DO NOTHING;
    WITH gone AS (
        DELETE FROM public.data_keys AS k
        WHERE (of_owner IS NULL OR k.owner = of_owner) AND (in_case IS NULL OR k.case_id = in_case)
        RETURNING k.key_id, k.owner, k.case_id
    )
    INSERT INTO public.destroyed_keys (key_id, owner, case_id, destroyed_at)
    SELECT g.key_id, g.owner, g.case_id, clock_timestamp() FROM gone AS g;
    GET DIAGNOSTICS number_destroyed = ROW_COUNT;
    RETURN number_destroyed;
END
$$;

COMMENT ON FUNCTION destroy_keys IS 'Destroys for good every key in that scope, also those not made yet; how many there were.';

REVOKE ALL ON FUNCTION create_key, get_keys, destroy_keys FROM PUBLIC;
GRANT EXECUTE ON FUNCTION create_key, get_keys, destroy_keys TO redress_service;
