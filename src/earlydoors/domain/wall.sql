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

-- The families whose records are shut to a member whatever grants they hold: those restricted to a
-- few, of whom they are not one, and those of somebody whom they said they know outside their work.
-- A moment that has passed ends a restriction by itself. Both walls ask this one function.
CREATE OR REPLACE FUNCTION wall_shut_to(who uuid) RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER AS $$
BEGIN
    RETURN ARRAY(
        SELECT r.family_id FROM public.access_restriction r
        WHERE r.ended_at IS NULL AND (r.until IS NULL OR r.until > statement_timestamp())
            AND NOT EXISTS (
                SELECT FROM public.access_grant g
                WHERE g.family_id = r.family_id AND g.member_id = who AND g.because = 'named'
                    AND g.ended_at IS NULL AND (g.until IS NULL OR g.until > statement_timestamp())
            )
        UNION
        SELECT d.family_id FROM public.access_declaration d
        WHERE d.member_id = who AND d.ended_at IS NULL AND d.family_id IS NOT NULL
        UNION
        SELECT m.family_id FROM public.access_declaration d
        JOIN public.people_familymember m ON m.person_id = d.person_id
        WHERE d.member_id = who AND d.ended_at IS NULL
    );
END $$;

CREATE OR REPLACE FUNCTION wall_is_shut(family uuid, who uuid) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT family = ANY (public.wall_shut_to(who))
$$;

-- The same for whoever acts. Somebody of the family, signed in as themselves, is shut out of
-- nothing: what is restricted is kept from workers. A page asks once, at its beginning, and is told
-- anew once it writes something that the answer rests on; see `foundation.wall.acting`.
CREATE OR REPLACE FUNCTION wall_shut() RETURNS uuid[] LANGUAGE sql STABLE AS $$
    SELECT CASE
        WHEN coalesce(current_setting('earlydoors.rights', true), '') = '' THEN '{}'
        ELSE coalesce(
            NULLIF(current_setting('earlydoors.shut', true), '')::uuid[],
            public.wall_shut_to(public.wall_me())
        )
    END
$$;

CREATE OR REPLACE FUNCTION wall_shut_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM set_config('earlydoors.shut', '', false);
    RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER wall_shut_changed AFTER INSERT OR UPDATE OR DELETE
    ON public.access_restriction FOR EACH STATEMENT EXECUTE FUNCTION public.wall_shut_changed();
CREATE OR REPLACE TRIGGER wall_shut_changed AFTER INSERT OR UPDATE OR DELETE
    ON public.access_declaration FOR EACH STATEMENT EXECUTE FUNCTION public.wall_shut_changed();
CREATE OR REPLACE TRIGGER wall_shut_changed AFTER INSERT OR UPDATE OR DELETE
    ON public.access_grant FOR EACH STATEMENT EXECUTE FUNCTION public.wall_shut_changed();
CREATE OR REPLACE TRIGGER wall_shut_changed AFTER INSERT OR UPDATE OR DELETE
    ON public.people_familymember FOR EACH STATEMENT EXECUTE FUNCTION public.wall_shut_changed();

-- The people of those families. By another family that is open they go on being named; where they
-- live, their numbers and how to reach them are not given by it.
CREATE OR REPLACE FUNCTION wall_hidden() RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER AS $$
DECLARE
    shut uuid[] := public.wall_shut();
BEGIN
    IF cardinality(shut) = 0 THEN
        RETURN '{}';
    END IF;
    RETURN ARRAY(
        SELECT m.person_id FROM public.people_familymember m
        WHERE m.family_id = ANY (shut) AND m.left_on IS NULL
    );
END $$;

-- Whether a period of help, or what a panel has on its list, is of a family that is shut.
CREATE OR REPLACE FUNCTION wall_shut_episode(wanted uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER AS $$
BEGIN
    RETURN EXISTS (
        SELECT FROM public.episodes_episode e
        WHERE e.id = wanted AND e.family_id = ANY (public.wall_shut())
    );
END $$;

CREATE OR REPLACE FUNCTION wall_shut_item(wanted uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER AS $$
BEGIN
    RETURN EXISTS (
        SELECT FROM public.panels_item i JOIN public.episodes_episode e ON e.id = i.episode_id
        WHERE i.id = wanted AND e.family_id = ANY (public.wall_shut())
    );
END $$;

-- The families that the relation of access opens to whoever acts, and their people: in a role that
-- looks at families, and of what they hold themselves what is in the name of the agency that they
-- act for. Somebody with several roles brings nothing from one into another. A policy asks
-- these first: for a few rows the planner probes them row by row, for many it makes a set of them
-- once. What they do not hold goes to the functions below.
-- What was opened in an emergency, or no further than the summary, is marked: by that it is read,
-- and not written in.

-- The others read it, with the planner seeing through it; nobody else does.

CREATE OR REPLACE VIEW wall_granted AS
    SELECT g.family_id, g.extent, g.because = 'break_glass' OR g.extent <> 'full' AS read_only
    FROM public.access_grant g
    WHERE g.ended_at IS NULL AND g.extent <> 'knows'
        AND (SELECT public.wall_may('see_families'))
        AND g.family_id <> ALL ((SELECT public.wall_shut())::uuid[])
        AND (g.until IS NULL OR g.until > statement_timestamp())
        AND (
            (
                g.member_id = (SELECT public.wall_me())
                AND (g.agency_id IS NULL OR g.agency_id = (SELECT public.wall_agency()))
            )
            OR g.desk_id = ANY ((SELECT public.wall_desks())::uuid[])
        );

CREATE OR REPLACE VIEW wall_open_any WITH (security_barrier) AS
    SELECT g.family_id, g.read_only FROM public.wall_granted g;

CREATE OR REPLACE VIEW wall_open_all WITH (security_barrier) AS
    SELECT g.family_id, g.read_only FROM public.wall_granted g WHERE g.extent = 'full';

CREATE OR REPLACE VIEW wall_known_any WITH (security_barrier) AS
    SELECT m.person_id, g.read_only
    FROM public.people_familymember m JOIN public.wall_granted g ON g.family_id = m.family_id;

CREATE OR REPLACE VIEW wall_known_all WITH (security_barrier) AS
    SELECT m.person_id, g.read_only
    FROM public.people_familymember m JOIN public.wall_granted g ON g.family_id = m.family_id
    WHERE g.extent = 'full';

-- Whether a family is open to whoever acts: at all, or wholly; to be read, or to be written in. By
-- the relation of access; to whoever has just begun it and given it to nobody yet; and, not wholly,
-- to an agency that a panel asks, to the panel that has the family on its list, and to the front
-- door where a request about it waits.
CREATE OR REPLACE FUNCTION wall_sees(wanted uuid, wholly boolean, writing boolean) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER COST 1000 AS $$
DECLARE
    who uuid := public.wall_me();
    held uuid[];
BEGIN
    IF who IS NULL OR wanted IS NULL OR wanted = ANY (public.wall_shut()) THEN
        RETURN false;
    END IF;
    IF EXISTS (
        SELECT FROM public.access_grant g
        WHERE g.member_id = who AND g.family_id = wanted AND g.ended_at IS NULL
            AND public.wall_may('see_families')
            AND (g.agency_id IS NULL OR g.agency_id = public.wall_agency())
            AND (g.until IS NULL OR g.until > statement_timestamp())
            AND NOT (writing AND (g.because = 'break_glass' OR g.extent <> 'full'))
            AND (g.extent = 'full' OR (g.extent = 'summary' AND NOT wholly))
    ) THEN
        RETURN true;
    END IF;
    held := public.wall_desks();
    IF held IS NOT NULL AND public.wall_may('see_families') AND EXISTS (
        SELECT FROM public.access_grant g
        WHERE g.desk_id = ANY (held) AND g.family_id = wanted AND g.ended_at IS NULL
            AND (g.until IS NULL OR g.until > statement_timestamp())
            AND NOT (writing AND (g.because = 'break_glass' OR g.extent <> 'full'))
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

-- Whether a panel asks the agency of whoever acts about an item, or gave it a task. Those of the
-- agency who look at no families are asked nothing.
CREATE OR REPLACE FUNCTION wall_asked(item uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER COST 1000 AS $$
DECLARE
    mine uuid := public.wall_agency();
BEGIN
    RETURN mine IS NOT NULL AND public.wall_may('see_families') AND (
        EXISTS (SELECT FROM public.panels_brought b WHERE b.item_id = item AND b.agency_id = mine)
        OR EXISTS (SELECT FROM public.panels_task t WHERE t.item_id = item AND t.agency_id = mine)
    );
END $$;

-- Whether a person is known to whoever acts: by a family that is open to them, as whose record is
-- joined to one of its people, or as whoever wrote them down and has not placed them yet. Somebody
-- of no family at all is known by those they are related to, or on whose team they are.
CREATE OR REPLACE FUNCTION wall_knows(wanted uuid, wholly boolean, writing boolean) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER COST 1000 AS $$
DECLARE
    who uuid := public.wall_me();
BEGIN
    IF who IS NULL OR wanted IS NULL THEN
        RETURN false;
    END IF;
    IF EXISTS (
        SELECT FROM public.people_familymember m
        WHERE m.person_id = wanted AND public.wall_sees(m.family_id, wholly, writing)
    ) THEN
        RETURN true;
    END IF;
    IF wanted = ANY (public.wall_hidden()) THEN
        RETURN false;
    END IF;
    IF public.wall_may('keep_register') OR EXISTS (
        SELECT FROM public.joining_joining j
        WHERE j.other_id = wanted AND j.undone_at IS NULL
            AND public.wall_knows(j.kept_id, wholly, writing)
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
        WHERE wanted IN (r.person_id, r.other_id) AND public.wall_sees(m.family_id, wholly, writing)
    ) OR EXISTS (
        SELECT FROM public.people_responsibility r
        JOIN public.people_familymember m
            ON m.person_id = CASE r.child_id WHEN wanted THEN r.holder_id ELSE r.child_id END
        WHERE wanted IN (r.child_id, r.holder_id) AND public.wall_sees(m.family_id, wholly, writing)
    ) OR EXISTS (
        SELECT FROM public.episodes_teamplace t JOIN public.episodes_episode e ON e.id = t.episode_id
        WHERE t.person_id = wanted AND public.wall_sees(e.family_id, wholly, writing)
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

-- Whether whoever asks sees the row that an earlier version is of: asked with their own eyes, and by
-- its key as the key's own type, so that the index answers and nobody waits for every row's policy.
CREATE OR REPLACE FUNCTION wall_sees_row(named text, wanted text) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
DECLARE
    key_type text;
    found boolean;
BEGIN
    SELECT format_type(a.atttypid, a.atttypmod) INTO key_type
        FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attname = 'id'
        WHERE n.nspname = 'public' AND c.relname = named AND c.relkind = 'r' AND c.relrowsecurity;
    IF key_type IS NULL THEN
        RETURN false;
    END IF;
    EXECUTE format('SELECT EXISTS (SELECT FROM public.%I t WHERE t.id = $1::%s)', named, key_type)
        INTO found USING wanted;
    RETURN found;
END $$;

-- Reading the evidence of looks. The table itself stays closed to the web login: these three give
-- of it what they name, and ask first who asks. `building` lets nobody but that login call them.

-- Whether it is the owner of the tables who asks: a command, or a test outside a request. For use in
-- functions that run with the owner's eyes: inside those `current_user` is the owner, the setting
-- `role` what was taken since sign-in, and `session_user` who signed in.
CREATE OR REPLACE FUNCTION wall_is_owner() RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT coalesce(NULLIF(current_setting('role'), 'none'), session_user::text) = current_user::text
$$;

-- Whether whoever asks may read the looks at a family, or at all where none is named. The owner of
-- the tables may. Somebody of a family may not by this way: who looked can tell where someone works
-- that is kept from them.
CREATE OR REPLACE FUNCTION wall_reads_looks(wanted uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER AS $$
BEGIN
    RETURN public.wall_is_owner()
        OR coalesce(public.wall_may('watch'), false)
        OR (
            wanted IS NOT NULL AND coalesce(public.wall_may('see_families'), false)
            AND public.wall_sees(wanted, true, false)
        );
END $$;

-- The looks at one family since a moment, in no order.
CREATE OR REPLACE FUNCTION wall_looks(wanted uuid, since timestamptz)
RETURNS TABLE (
    at timestamptz, actor_id text, actor_name text, actor_agency text, actor_role text,
    verb text, part text, because text[], extent text
) LANGUAGE plpgsql STABLE SECURITY DEFINER AS $$
BEGIN
    IF public.wall_reads_looks(wanted) THEN
        RETURN QUERY
            SELECT e.at, e.actor_id, e.actor_name, e.actor_agency, e.actor_role, e.verb,
                e.details->>'part',
                ARRAY(SELECT pg_catalog.jsonb_array_elements_text(e.details->'because')),
                e.details->>'extent'
            FROM public.audit_auditevent e
            WHERE e.family_id = wanted AND e.at >= since
                AND e.verb IN ('family.looked', 'family.involvement_told');
    END IF;
END $$;

-- The looks of one person in a time, at whatever family, in no order.
CREATE OR REPLACE FUNCTION wall_looks_by(who text, since timestamptz, until timestamptz)
RETURNS TABLE (
    at timestamptz, family_id uuid, verb text, part text, because text[], extent text
) LANGUAGE plpgsql STABLE SECURITY DEFINER AS $$
BEGIN
    IF public.wall_reads_looks(NULL) THEN
        RETURN QUERY
            SELECT e.at, e.family_id, e.verb, e.details->>'part',
                ARRAY(SELECT pg_catalog.jsonb_array_elements_text(e.details->'because')),
                e.details->>'extent'
            FROM public.audit_auditevent e
            WHERE e.actor_id = who AND e.at >= since AND e.at < until
                AND e.family_id IS NOT NULL
                AND e.verb IN ('family.looked', 'family.involvement_told');
    END IF;
END $$;

-- Who looked at which family on which day of London's, how often, and whether they did anything
-- else for it. `looks` counts since `earliest`; what is `fresh`, `late` (at night or at a weekend)
-- or `told` (that somebody is involved) was looked at since `since`, and nobody looked into it yet.
-- To open a door is not work behind it. Families' own looks, and those of whoever watches over
-- looks, are nobody's to judge.
CREATE OR REPLACE FUNCTION wall_looking(
    earliest timestamptz, since timestamptz, until timestamptz, night_from integer,
    night_to integer, only_of text
)
RETURNS TABLE (
    who text, family uuid, day date, looks bigint, fresh bigint, late bigint, told bigint,
    worked bigint, latest timestamptz
) LANGUAGE plpgsql STABLE SECURITY DEFINER AS $$
BEGIN
    IF public.wall_reads_looks(NULL) THEN
        RETURN QUERY
            WITH judged AS (
                SELECT j.member_id::text AS who, range_agg(tstzrange(j.since, j.until)) AS spans
                FROM public.access_lookedinto j GROUP BY 1
            ), told AS (
                SELECT e.actor_id, e.family_id, e.at, e.at AT TIME ZONE 'Europe/London' AS clock,
                    e.verb = 'family.looked' AS look,
                    e.verb = 'family.involvement_told' AS tell,
                    e.at >= since AND NOT coalesce(e.at <@ j.spans, false) AS new
                FROM public.audit_auditevent e LEFT JOIN judged j ON j.who = e.actor_id
                WHERE e.at >= earliest AND e.at < until AND e.family_id IS NOT NULL
                    AND (only_of IS NULL OR e.actor_id = only_of)
                    AND e.verb NOT LIKE 'access.%' AND e.verb NOT LIKE 'emergency.%'
                    AND NOT coalesce(e.details->'because' ?| '{family_member,watches}', false)
            )
            SELECT t.actor_id, t.family_id, t.clock::date,
                count(*) FILTER (WHERE t.look),
                count(*) FILTER (WHERE t.look AND t.new),
                count(*) FILTER (WHERE t.look AND t.new AND (
                    extract(isodow FROM t.clock) >= 6
                    OR extract(hour FROM t.clock) >= night_from
                    OR extract(hour FROM t.clock) < night_to
                )),
                count(*) FILTER (WHERE t.tell AND t.new),
                count(*) FILTER (WHERE NOT t.look AND NOT t.tell),
                max(t.at) FILTER (WHERE (t.look OR t.tell) AND t.new)
            FROM told t GROUP BY 1, 2, 3;
    END IF;
END $$;

-- The parts of a surname by which two are alike: "Armstrong-Reid" has two, accents and capitals
-- make no difference, and a particle such as "van" or "al" is no part where there is another.
CREATE OR REPLACE FUNCTION wall_halves(surname text) RETURNS text[]
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    plain text := lower(regexp_replace(
        normalize(coalesce(surname, ''), NFKD), '[\u0300-\u036f\u2019''.]', '', 'g'
    ));
    parts text[] := array_remove(regexp_split_to_array(plain, '[-\s\u2010-\u2014/,]+'), '');
    long text[] := ARRAY(SELECT p FROM unnest(parts) p
        WHERE length(p) > 2 AND p NOT IN ('van', 'von', 'der', 'den', 'bin', 'ibn'));
BEGIN
    RETURN CASE WHEN cardinality(long) = 0 THEN parts ELSE long END;
END $$;
