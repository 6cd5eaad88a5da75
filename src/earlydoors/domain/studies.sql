-- What an analyst takes away for a study that was agreed to. Installed with the wall, after
-- `wall.sql`, and run with the owner's eyes. An analyst sees no family: what leaves these functions
-- carries pseudonyms, bands and months, and no id, name, day or word. `domain/studies/rules.py` keeps
-- back what would still tell too few apart.

-- The study, if whoever asks may take it away now: its own analyst, in that role, or the owner of the
-- tables, as `wall_reads_looks` has it. For no login but the owner.
CREATE OR REPLACE FUNCTION wall_study(asked uuid)
RETURNS TABLE (secret bytea, since date, until date, tables jsonb, facts jsonb)
LANGUAGE plpgsql STABLE SECURITY DEFINER AS $$
BEGIN
    RETURN QUERY
        SELECT decode(k.secret, 'hex'), s.since, s.until, s.tables, s.facts
        FROM public.studies_study s JOIN public.studies_studykey k ON k.study_id = s.id
        WHERE s.id = asked AND s.state = 'agreed'
            AND s.ends_on >= (statement_timestamp() AT TIME ZONE 'Europe/London')::date
            AND (
                public.wall_is_owner()
                OR (s.created_by_id = public.wall_me() AND public.wall_may('analyse'))
            );
END $$;

-- A pseudonym: the same for the same thing in one study, and of no use without its secret. Twenty of
-- sixty-four digits: that two among ten million fall together is one in thirty billion.
CREATE OR REPLACE FUNCTION wall_pseudonym(secret bytea, thing text, id uuid) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT left(encode(sha256(secret || sha256(secret || convert_to(thing || ':' || id::text, 'UTF8'))), 'hex'), 20)
$$;

-- The families that a study is about, and the day on which each comes into it: a request about them
-- was decided in its time, or they had help. Left out are records that are restricted to a few, and
-- families of whom somebody objected, or asked to have the use of what is held restricted, unless it
-- was refused or taken back. For no login but the owner.
CREATE OR REPLACE FUNCTION wall_study_families(since date, until date)
RETURNS TABLE (family uuid, day date)
LANGUAGE plpgsql STABLE SECURITY DEFINER AS $$
BEGIN
    RETURN QUERY
        SELECT f.of_family, greatest(min(f.on_day), since) FROM (
            SELECT r.family_id AS of_family, (r.decided_at AT TIME ZONE 'Europe/London')::date AS on_day
            FROM public.frontdoor_supportrequest r
            WHERE r.state = 'decided'
                AND (r.decided_at AT TIME ZONE 'Europe/London')::date >= since
                AND (r.decided_at AT TIME ZONE 'Europe/London')::date < until
            UNION ALL
            SELECT e.family_id, e.opened_on FROM public.episodes_episode e
            WHERE e.opened_on < until AND (
                e.closed_at IS NULL OR (e.closed_at AT TIME ZONE 'Europe/London')::date >= since
            )
        ) f
        WHERE f.of_family <> ALL (public.wall_untold_places())
            AND NOT EXISTS (
                SELECT FROM public.information_informationrequest i
                JOIN public.people_familymember m ON m.person_id = i.person_id
                WHERE m.family_id = f.of_family AND i.kind IN ('objection', 'restriction')
                    AND i.state NOT IN ('refused', 'taken_back')
                    AND (i.state <> 'answered' OR i.outcome <> 'not_done')
            )
            AND NOT EXISTS (
                SELECT FROM public.information_disagreement d
                WHERE d.family_id = f.of_family AND d.decision = 'restricted'
            )
        GROUP BY 1;
END $$;

CREATE OR REPLACE FUNCTION wall_month(day date) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT coalesce(to_char(day, 'YYYY-MM'), '')
$$;

CREATE OR REPLACE FUNCTION wall_age_band(years integer) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE
        WHEN years IS NULL THEN ''
        WHEN years < 1 THEN 'under 1' WHEN years < 5 THEN '1 to 4' WHEN years < 10 THEN '5 to 9'
        WHEN years < 16 THEN '10 to 15' WHEN years < 18 THEN '16 to 17'
        WHEN years < 25 THEN '18 to 24' ELSE '25 and over'
    END
$$;

-- The people of those families, with what tells them apart as far as the study takes it away. Whose
-- birthday is not known is a child if the family has them as one. For no login but the owner.
CREATE OR REPLACE FUNCTION wall_study_people(since date, until date)
RETURNS TABLE (
    person uuid, family uuid, child boolean, age text, sex text, ethnicity text, sen text
) LANGUAGE plpgsql STABLE SECURITY DEFINER AS $$
BEGIN
    RETURN QUERY
        WITH theirs AS (
            SELECT m.person_id, m.family_id, m.relation, p.born_on, p.due_on, p.sex AS said, p.ethnicity AS code,
                p.sen_provision, CASE WHEN p.born_on IS NULL OR p.born_on > f.day THEN NULL
                    ELSE extract(year FROM age(f.day, p.born_on))::int END AS years,
                (p.born_on IS NULL AND p.due_on IS NOT NULL) OR p.born_on > f.day AS unborn
            FROM public.wall_study_families(since, until) f
            JOIN public.people_familymember m ON m.family_id = f.family AND m.left_on IS NULL
            JOIN public.people_person p ON p.id = m.person_id
        )
        SELECT t.person_id, t.family_id,
            coalesce(t.unborn OR t.years < 18, t.relation = 'child'),
            CASE WHEN t.unborn THEN 'unborn' ELSE public.wall_age_band(t.years) END,
            t.said::text, t.code::text, t.sen_provision::text
        FROM theirs t;
END $$;

-- Their periods of help that were open on some day of the study. For no login but the owner.
CREATE OR REPLACE FUNCTION wall_study_episodes(since date, until date) RETURNS TABLE (episode uuid)
LANGUAGE plpgsql STABLE SECURITY DEFINER AS $$
BEGIN
    RETURN QUERY
        SELECT e.id FROM public.wall_study_families(since, until) f
        JOIN public.episodes_episode e ON e.family_id = f.family
        WHERE e.opened_on < until AND (
            e.closed_at IS NULL OR (e.closed_at AT TIME ZONE 'Europe/London')::date >= since
        );
END $$;

-- The rows of one table of a study, in the order of their pseudonyms, which tells nothing. Nothing
-- for a table that the study does not take away, and to whom it is not agreed.
CREATE OR REPLACE FUNCTION wall_study_rows(asked uuid, wanted text) RETURNS SETOF text[]
LANGUAGE plpgsql STABLE SECURITY DEFINER AS $$
DECLARE
    study record;
BEGIN
    SELECT * INTO study FROM public.wall_study(asked);
    IF study.secret IS NULL OR NOT study.tables ? wanted THEN
        RETURN;
    END IF;
    CASE wanted
    WHEN 'families' THEN RETURN QUERY
        SELECT ARRAY[
            public.wall_pseudonym(study.secret, 'family', f.family),
            CASE WHEN c.people >= 7 THEN '7 or more' ELSE c.people::text END,
            CASE WHEN c.children >= 4 THEN '4 or more' ELSE c.children::text END,
            CASE WHEN study.facts ? 'locality' THEN coalesce(l.key::text, '') ELSE '' END
        ] AS line
        FROM public.wall_study_families(study.since, study.until) f
        JOIN public.people_family y ON y.id = f.family
        LEFT JOIN public.partnership_locality l ON l.id = y.locality_id
        LEFT JOIN (
            SELECT p.family, count(*) AS people, count(*) FILTER (WHERE p.child) AS children
            FROM public.wall_study_people(study.since, study.until) p GROUP BY 1
        ) c ON c.family = f.family
        ORDER BY line;
    WHEN 'people' THEN RETURN QUERY
        SELECT ARRAY[
            public.wall_pseudonym(study.secret, 'person', p.person),
            public.wall_pseudonym(study.secret, 'family', p.family),
            CASE WHEN p.child THEN 'yes' ELSE 'no' END,
            CASE WHEN study.facts ? 'age' THEN p.age ELSE '' END,
            CASE WHEN study.facts ? 'sex' THEN p.sex ELSE '' END,
            CASE WHEN study.facts ? 'ethnic_group' THEN p.ethnicity ELSE '' END,
            CASE WHEN NOT study.facts ? 'sen' OR NOT p.child THEN ''
                ELSE CASE p.sen WHEN 'N' THEN 'none' WHEN 'K' THEN 'support' WHEN 'E' THEN 'plan' ELSE '' END
            END
        ] AS line
        FROM public.wall_study_people(study.since, study.until) p ORDER BY line;
    WHEN 'requests' THEN RETURN QUERY
        SELECT ARRAY[
            public.wall_pseudonym(study.secret, 'request', r.id),
            public.wall_pseudonym(study.secret, 'family', r.family_id),
            coalesce(a.kind::text, ''),
            public.wall_month((r.sent_at AT TIME ZONE 'Europe/London')::date),
            public.wall_month(d.on_day),
            coalesce((d.on_day - (r.sent_at AT TIME ZONE 'Europe/London')::date)::text, ''),
            r.decision::text, r.level::text,
            coalesce(public.wall_pseudonym(study.secret, 'help', r.episode_id), '')
        ] AS line
        FROM public.wall_study_families(study.since, study.until) f
        JOIN public.frontdoor_supportrequest r ON r.family_id = f.family AND r.state = 'decided'
        CROSS JOIN LATERAL (
            SELECT (r.decided_at AT TIME ZONE 'Europe/London')::date AS on_day
        ) d
        LEFT JOIN public.partnership_agency a ON a.id = r.agency_id
        WHERE d.on_day >= study.since AND d.on_day < study.until
        ORDER BY line;
    ELSE RETURN QUERY
        SELECT h.line FROM public.wall_study_help(study.secret, study.since, study.until, wanted) h
        ORDER BY h.line;
    END CASE;
END $$;

-- What hangs on the periods of help that were open on some day of a study, in its time. For no login
-- but the owner.
CREATE OR REPLACE FUNCTION wall_study_help(secret bytea, since date, until date, wanted text)
RETURNS TABLE (line text[])
LANGUAGE plpgsql STABLE SECURITY DEFINER AS $$
BEGIN
    CASE wanted
    WHEN 'help' THEN RETURN QUERY
        SELECT ARRAY[
            public.wall_pseudonym(secret, 'help', e.id),
            public.wall_pseudonym(secret, 'family', e.family_id),
            public.wall_month(e.opened_on), public.wall_month(c.closed_on),
            coalesce(((c.closed_on - e.opened_on) / 7)::text, ''),
            coalesce((
                SELECT l.level::text FROM public.episodes_levelchange l
                WHERE l.episode_id = e.id AND l."on" < until
                ORDER BY l."on" DESC, l.created_at DESC, l.id LIMIT 1
            ), e.level::text),
            coalesce(c.reason::text, ''), coalesce(c.sustained::text, '')
        ]
        FROM public.wall_study_episodes(since, until) o
        JOIN public.episodes_episode e ON e.id = o.episode
        LEFT JOIN public.plan_closing c ON c.episode_id = e.id AND c.closed_on < until;
    WHEN 'levels' THEN RETURN QUERY
        SELECT ARRAY[
            public.wall_pseudonym(secret, 'help', o.episode), public.wall_month(l."on"),
            l.moved::text, l.level::text
        ]
        FROM public.wall_study_episodes(since, until) o
        JOIN public.episodes_levelchange l ON l.episode_id = o.episode
        WHERE l."on" >= since AND l."on" < until;
    WHEN 'needs' THEN RETURN QUERY
        SELECT ARRAY[
            public.wall_pseudonym(secret, 'help', o.episode), public.wall_month(n.found_on),
            n.area::text, n.found_in::text,
            CASE WHEN EXISTS (SELECT FROM public.plan_outcome_needs x WHERE x.need_id = n.id)
                THEN 'yes' ELSE 'no' END
        ]
        FROM public.wall_study_episodes(since, until) o
        JOIN public.assessment_need n ON n.episode_id = o.episode AND n.dropped_on IS NULL
        WHERE n.found_on >= since AND n.found_on < until;
    WHEN 'plans' THEN RETURN QUERY
        SELECT ARRAY[
            public.wall_pseudonym(secret, 'help', o.episode), public.wall_month(p.agreed_on),
            count(DISTINCT u.id)::text, count(DISTINCT u.id) FILTER (WHERE u.state = 'met')::text,
            count(t.id)::text, count(t.id) FILTER (WHERE t.state = 'done')::text
        ]
        FROM public.wall_study_episodes(since, until) o
        JOIN public.plan_plan p ON p.episode_id = o.episode
        LEFT JOIN public.plan_outcome u ON u.plan_id = p.id
        LEFT JOIN public.plan_action t ON t.outcome_id = u.id
        WHERE p.agreed_on >= since AND p.agreed_on < until
        GROUP BY o.episode, p.agreed_on;
    WHEN 'reviews' THEN RETURN QUERY
        SELECT ARRAY[
            public.wall_pseudonym(secret, 'help', o.episode), public.wall_month(v.held_on),
            v.decision::text
        ]
        FROM public.wall_study_episodes(since, until) o
        JOIN public.plan_plan p ON p.episode_id = o.episode
        JOIN public.plan_review v ON v.plan_id = p.id
        WHERE v.held_on >= since AND v.held_on < until;
    WHEN 'scores' THEN RETURN QUERY
        SELECT ARRAY[
            public.wall_pseudonym(secret, 'help', o.episode), public.wall_month(s."on"),
            s.area::text, s.view::text, s.value::text
        ]
        FROM public.wall_study_episodes(since, until) o
        JOIN public.plan_score s ON s.episode_id = o.episode
        WHERE s."on" >= since AND s."on" < until;
    END CASE;
END $$;

-- When a study has ended its secret goes, and its pseudonyms can be made by nobody any more.
CREATE OR REPLACE FUNCTION wall_forget_study(asked uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    DELETE FROM public.studies_studykey k USING public.studies_study s
    WHERE s.id = k.study_id AND k.study_id = asked AND s.state = 'ended';
END $$;
