-- What the policies of the second wall ask. Installed after every migration, owned by the owner of
-- the tables, and run with the owner's eyes, so that a policy can read the relation of access
-- without opening it. Every name carries its schema: nobody can put another table before it.

-- Who acts, as `foundation.wall.acting` tells the connection.

CREATE OR REPLACE FUNCTION wall_me() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT NULLIF(current_setting('earlydoors.member', true), '')::uuid
$$;

CREATE OR REPLACE FUNCTION wall_desks() RETURNS uuid[] LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT string_to_array(NULLIF(current_setting('earlydoors.desks', true), ''), ',')::uuid[]
$$;

CREATE OR REPLACE FUNCTION wall_agency() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT NULLIF(current_setting('earlydoors.agency', true), '')::uuid
$$;

CREATE OR REPLACE FUNCTION wall_place() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT NULLIF(current_setting('earlydoors.setting', true), '')::uuid
$$;

CREATE OR REPLACE FUNCTION wall_may(asked text) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT asked = ANY (string_to_array(current_setting('earlydoors.rights', true), ','))
$$;

CREATE OR REPLACE FUNCTION wall_crosses(ways text[]) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT string_to_array(current_setting('earlydoors.way', true), ',') && ways
$$;

-- The families that the relation of access opens to whoever acts, and their people. A policy asks
-- these first: for a few rows the planner probes them row by row, for many it makes a set of them
-- once. What they do not hold goes to the functions below.

CREATE OR REPLACE VIEW wall_open_any WITH (security_barrier) AS
    SELECT g.family_id FROM public.access_grant g
    WHERE g.ended_at IS NULL AND g.extent <> 'knows'
        AND (g.until IS NULL OR g.until > statement_timestamp())
        AND (
            g.member_id = (SELECT public.wall_me())
            OR g.desk_id = ANY ((SELECT public.wall_desks())::uuid[])
        );

CREATE OR REPLACE VIEW wall_known_any WITH (security_barrier) AS
    SELECT m.person_id FROM public.people_familymember m
    JOIN public.access_grant g ON g.family_id = m.family_id
    WHERE g.ended_at IS NULL AND g.extent <> 'knows'
        AND (g.until IS NULL OR g.until > statement_timestamp())
        AND (
            g.member_id = (SELECT public.wall_me())
            OR g.desk_id = ANY ((SELECT public.wall_desks())::uuid[])
        );

CREATE OR REPLACE VIEW wall_open_all WITH (security_barrier) AS
    SELECT g.family_id FROM public.access_grant g
    WHERE g.ended_at IS NULL AND g.extent = 'full'
        AND (g.until IS NULL OR g.until > statement_timestamp())
        AND (
            g.member_id = (SELECT public.wall_me())
            OR g.desk_id = ANY ((SELECT public.wall_desks())::uuid[])
        );

CREATE OR REPLACE VIEW wall_known_all WITH (security_barrier) AS
    SELECT m.person_id FROM public.people_familymember m
    JOIN public.access_grant g ON g.family_id = m.family_id
    WHERE g.ended_at IS NULL AND g.extent = 'full'
        AND (g.until IS NULL OR g.until > statement_timestamp())
        AND (
            g.member_id = (SELECT public.wall_me())
            OR g.desk_id = ANY ((SELECT public.wall_desks())::uuid[])
        );

-- Whether a family is open to whoever acts: at all, or wholly. By the relation of access; to whoever
-- has just begun it and given it to nobody yet; and, not wholly, to an agency that a panel asks, to
-- the panel that has the family on its list, and to the front door where a request about it waits.
CREATE OR REPLACE FUNCTION wall_sees(wanted uuid, wholly boolean) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER COST 1000 AS $$
DECLARE
    who uuid := public.wall_me();
    held uuid[];
BEGIN
    IF who IS NULL OR wanted IS NULL THEN
        RETURN false;
    END IF;
    IF EXISTS (
        SELECT FROM public.access_grant g
        WHERE g.member_id = who AND g.family_id = wanted AND g.ended_at IS NULL
            AND (g.until IS NULL OR g.until > statement_timestamp())
            AND (g.extent = 'full' OR (g.extent = 'summary' AND NOT wholly))
    ) THEN
        RETURN true;
    END IF;
    held := public.wall_desks();
    IF held IS NOT NULL AND EXISTS (
        SELECT FROM public.access_grant g
        WHERE g.desk_id = ANY (held) AND g.family_id = wanted AND g.ended_at IS NULL
            AND (g.until IS NULL OR g.until > statement_timestamp())
            AND (g.extent = 'full' OR (g.extent = 'summary' AND NOT wholly))
    ) THEN
        RETURN true;
    END IF;
    -- Somebody of the family, signed in as themselves: roles of families carry no rights.
    IF coalesce(current_setting('earlydoors.rights', true), '') = '' THEN
        RETURN EXISTS (
            SELECT FROM public.people_account a
            JOIN public.people_familymember m ON m.person_id = a.person_id
            WHERE a.member_id = who AND m.family_id = wanted AND m.left_on IS NULL
        ) OR EXISTS (
            SELECT FROM public.people_account a
            JOIN public.episodes_teamplace t ON t.person_id = a.person_id AND t.left_on IS NULL
            JOIN public.episodes_episode e ON e.id = t.episode_id
            WHERE a.member_id = who AND e.family_id = wanted AND NOT EXISTS (
                SELECT FROM public.people_familymember m
                WHERE m.person_id = a.person_id AND m.family_id = wanted
            )
        );
    END IF;
    IF NOT wholly AND EXISTS (
        SELECT FROM public.episodes_episode e JOIN public.panels_item i ON i.episode_id = e.id
        WHERE e.family_id = wanted AND (i.panel_id = ANY (held) OR public.wall_asked(i.id))
    ) THEN
        RETURN true;
    END IF;
    IF NOT wholly AND public.wall_may('triage') AND EXISTS (
        SELECT FROM public.frontdoor_supportrequest r
        WHERE r.family_id = wanted AND r.state IN ('waiting', 'taken_up')
    ) THEN
        RETURN true;
    END IF;
    RETURN EXISTS (
        SELECT FROM public.people_family f WHERE f.id = wanted AND f.created_by_id = who
    ) AND NOT EXISTS (SELECT FROM public.access_grant g WHERE g.family_id = wanted);
END $$;

-- Whether a panel asks the agency of whoever acts about an item, or gave it a task.
CREATE OR REPLACE FUNCTION wall_asked(item uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER COST 1000 AS $$
DECLARE
    mine uuid := public.wall_agency();
BEGIN
    RETURN mine IS NOT NULL AND (
        EXISTS (SELECT FROM public.panels_brought b WHERE b.item_id = item AND b.agency_id = mine)
        OR EXISTS (SELECT FROM public.panels_task t WHERE t.item_id = item AND t.agency_id = mine)
    );
END $$;

-- Whether a person is known to whoever acts: by a family that is open to them, as whose record is
-- joined to one of its people, or as whoever wrote them down and has not placed them yet. Somebody
-- of no family at all is known by those they are related to, or on whose team they are.
CREATE OR REPLACE FUNCTION wall_knows(wanted uuid, wholly boolean) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER COST 1000 AS $$
DECLARE
    who uuid := public.wall_me();
BEGIN
    IF who IS NULL OR wanted IS NULL THEN
        RETURN false;
    END IF;
    IF EXISTS (
        SELECT FROM public.people_familymember m
        WHERE m.person_id = wanted AND public.wall_sees(m.family_id, wholly)
    ) THEN
        RETURN true;
    END IF;
    IF public.wall_may('keep_register') OR EXISTS (
        SELECT FROM public.joining_joining j
        WHERE j.other_id = wanted AND j.undone_at IS NULL AND public.wall_knows(j.kept_id, wholly)
    ) THEN
        RETURN true;
    END IF;
    IF wholly AND EXISTS (
        SELECT FROM public.people_familymember m WHERE m.person_id = wanted
    ) THEN
        RETURN false;
    END IF;
    RETURN EXISTS (
        SELECT FROM public.people_relationship r
        JOIN public.people_familymember m
            ON m.person_id = CASE r.person_id WHEN wanted THEN r.other_id ELSE r.person_id END
        WHERE wanted IN (r.person_id, r.other_id) AND public.wall_sees(m.family_id, wholly)
    ) OR EXISTS (
        SELECT FROM public.people_responsibility r
        JOIN public.people_familymember m
            ON m.person_id = CASE r.child_id WHEN wanted THEN r.holder_id ELSE r.child_id END
        WHERE wanted IN (r.child_id, r.holder_id) AND public.wall_sees(m.family_id, wholly)
    ) OR EXISTS (
        SELECT FROM public.episodes_teamplace t JOIN public.episodes_episode e ON e.id = t.episode_id
        WHERE t.person_id = wanted AND public.wall_sees(e.family_id, wholly)
    ) OR EXISTS (
        SELECT FROM public.people_person p WHERE p.id = wanted AND p.created_by_id = who
    ) AND NOT EXISTS (
        SELECT FROM public.people_familymember m WHERE m.person_id = wanted
    );
END $$;

-- Whether a place is kept from whoever acts, as somebody of a family who must not learn of it.
CREATE OR REPLACE FUNCTION wall_kept(place uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER COST 1000 AS $$
BEGIN
    RETURN coalesce(current_setting('earlydoors.rights', true), '') = '' AND EXISTS (
        SELECT FROM public.people_keptfrom k JOIN public.people_account a ON a.person_id = k.person_id
        WHERE k.place_id = place AND k.lifted_on IS NULL AND a.member_id = public.wall_me()
    );
END $$;

-- Whether whoever asks sees the row that an earlier version is of: asked with their own eyes.
CREATE OR REPLACE FUNCTION wall_sees_row(named text, wanted text) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
DECLARE
    found boolean;
BEGIN
    IF NOT EXISTS (
        SELECT FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = 'public' AND c.relname = named AND c.relkind = 'r' AND c.relrowsecurity
    ) THEN
        RETURN false;
    END IF;
    EXECUTE format('SELECT EXISTS (SELECT FROM public.%I t WHERE t.id::text = $1)', named)
        INTO found USING wanted;
    RETURN found;
END $$;
