-- Counting for whoever reads figures: they see no family, and get numbers. Installed with the wall,
-- after `wall.sql`, and run with the owner's eyes. Small numbers are kept back by
-- `domain/figures/rules.py`, before a page is given any.

-- Whether whoever asks may: in a role that reads figures, or the owner of the tables, as
-- `wall_reads_looks` has it.
CREATE OR REPLACE FUNCTION wall_reads_figures() RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER AS $$
BEGIN
    RETURN public.wall_is_owner()
        OR coalesce(public.wall_may('read_figures'), false);
END $$;

-- The families whose place and agency are told of nowhere, because their record is restricted. They
-- are counted among those of whom it is not known, which are kept back as any other small number.
CREATE OR REPLACE FUNCTION wall_untold_places() RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER AS $$
BEGIN
    RETURN ARRAY(
        SELECT DISTINCT r.family_id FROM public.access_restriction r
        WHERE r.ended_at IS NULL AND (r.until IS NULL OR r.until > statement_timestamp())
    );
END $$;

-- One row for each thing that is counted, from a day until before another: what, when, of which
-- sort, for which family, and what kind of agency asked for help first. For no login but the owner.
CREATE OR REPLACE FUNCTION wall_countable(since date, until date, review_within interval)
RETURNS TABLE (measure text, day date, part text, family uuid, agency_kind text)
LANGUAGE plpgsql STABLE SECURITY DEFINER AS $$
BEGIN
    RETURN QUERY
        WITH asked AS (
            SELECT DISTINCT ON (r.episode_id) r.episode_id AS episode, a.kind::text AS kind
            FROM public.frontdoor_supportrequest r
            LEFT JOIN public.partnership_agency a ON a.id = r.agency_id
            WHERE r.episode_id IS NOT NULL ORDER BY r.episode_id, r.sent_at, r.id
        ), decided AS (
            SELECT (r.decided_at AT TIME ZONE 'Europe/London')::date AS on_day, r.decision::text AS decision,
                r.family_id AS of_family, a.kind::text AS kind
            FROM public.frontdoor_supportrequest r
            LEFT JOIN public.partnership_agency a ON a.id = r.agency_id
            WHERE r.state = 'decided'
        ), reviewed AS (
            SELECT v.held_on, p.episode_id, coalesce(
                    lag(v.held_on) OVER (PARTITION BY v.plan_id ORDER BY v.held_on, v.created_at, v.id),
                    p.agreed_on, (p.created_at AT TIME ZONE 'Europe/London')::date
                ) AS before
            FROM public.plan_review v JOIN public.plan_plan p ON p.id = v.plan_id
        ), found AS (
            SELECT 'requests' AS what, d.on_day, d.decision AS sort, d.of_family, d.kind FROM decided d
            UNION ALL
            SELECT 'returns', d.on_day, '', d.of_family, d.kind FROM decided d
            WHERE EXISTS (
                SELECT FROM public.plan_closing c JOIN public.episodes_episode e ON e.id = c.episode_id
                WHERE e.family_id = d.of_family AND c.closed_on <= d.on_day
                    AND c.closed_on > (d.on_day - interval '12 months')::date
            )
            UNION ALL
            SELECT 'open', m.ends, coalesce((
                    SELECT l.level::text FROM public.episodes_levelchange l
                    WHERE l.episode_id = e.id AND l."on" <= m.ends
                    ORDER BY l."on" DESC, l.created_at DESC, l.id LIMIT 1
                ), e.level::text), e.family_id, k.kind
            FROM (
                SELECT (b + interval '1 month' - interval '1 day')::date AS ends
                FROM generate_series(since::timestamp, (until - 1)::timestamp, interval '1 month') b
            ) m
            JOIN public.episodes_episode e ON e.opened_on <= m.ends AND (
                e.closed_at IS NULL OR (e.closed_at AT TIME ZONE 'Europe/London')::date > m.ends
            )
            LEFT JOIN asked k ON k.episode = e.id
            UNION ALL
            SELECT 'agreements', g.agreed_on, '', g.family_id, (
                    SELECT k.kind FROM public.episodes_episode e JOIN asked k ON k.episode = e.id
                    WHERE e.family_id = g.family_id AND e.opened_on <= g.agreed_on
                    ORDER BY e.opened_on DESC, e.id LIMIT 1
                )
            FROM (SELECT DISTINCT a.family_id, a.agreed_on FROM public.consent_agreement a) g
            UNION ALL
            SELECT 'assessments', (a.finished_at AT TIME ZONE 'Europe/London')::date, '',
                e.family_id, k.kind
            FROM public.assessment_assessment a
            JOIN public.episodes_episode e ON e.id = a.episode_id
            LEFT JOIN asked k ON k.episode = e.id WHERE a.finished_at IS NOT NULL
            UNION ALL
            SELECT 'plans', p.agreed_on, '', e.family_id, k.kind FROM public.plan_plan p
            JOIN public.episodes_episode e ON e.id = p.episode_id
            LEFT JOIN asked k ON k.episode = e.id WHERE p.agreed_on IS NOT NULL
            UNION ALL
            SELECT 'reviews', v.held_on,
                CASE WHEN v.held_on <= (v.before + review_within)::date THEN 'in_time' ELSE 'late' END,
                e.family_id, k.kind
            FROM reviewed v JOIN public.episodes_episode e ON e.id = v.episode_id
            LEFT JOIN asked k ON k.episode = e.id
            UNION ALL
            SELECT CASE l.moved WHEN 'up' THEN 'steps_up' ELSE 'steps_down' END, l."on", '',
                e.family_id, k.kind
            FROM public.episodes_levelchange l JOIN public.episodes_episode e ON e.id = l.episode_id
            LEFT JOIN asked k ON k.episode = e.id WHERE l.moved IN ('up', 'down')
            UNION ALL
            SELECT 'closings', c.closed_on, c.reason::text, e.family_id, k.kind
            FROM public.plan_closing c JOIN public.episodes_episode e ON e.id = c.episode_id
            LEFT JOIN asked k ON k.episode = e.id
        )
        SELECT f.what, f.on_day, f.sort, f.of_family, f.kind FROM found f
        WHERE f.on_day >= since AND f.on_day < until;
END $$;

-- How many of each there were: by month, or by quarter and outcome, locality or kind of agency. Of
-- families with help open it is how many there were at the end of each month or quarter.
CREATE OR REPLACE FUNCTION wall_figures(since date, until date, cut text, review_within interval)
RETURNS TABLE (measure text, part text, period date, number bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER AS $$
DECLARE
    untold uuid[] := public.wall_untold_places();
BEGIN
    IF public.wall_reads_figures() THEN
        RETURN QUERY
            SELECT c.measure, CASE cut
                    WHEN 'outcome' THEN c.part
                    WHEN 'locality' THEN coalesce(l.key::text, '')
                    WHEN 'agency_kind' THEN
                        CASE WHEN c.family = ANY (untold) THEN '' ELSE coalesce(c.agency_kind, '') END
                    ELSE ''
                END AS said,
                date_trunc(CASE cut WHEN 'month' THEN 'month' ELSE 'quarter' END, c.day)::date AS began,
                count(*)
            FROM public.wall_countable(since, until, review_within) c
            LEFT JOIN public.people_family f ON f.id = c.family AND f.id <> ALL (untold)
            LEFT JOIN public.partnership_locality l ON l.id = f.locality_id
            WHERE cut = 'month' OR c.measure <> 'open' OR extract(month FROM c.day)::int % 3 = 0
            GROUP BY 1, 2, 3;
    END IF;
END $$;

-- Days that families waited after the first request, by the day on which the waiting ended: until
-- somebody had talked with them (they agreed, said no, or met the team), and until their plan was
-- agreed. For no login but the owner.
CREATE OR REPLACE FUNCTION wall_waited(since date, until date)
RETURNS TABLE (measure text, day date, days integer, family uuid, agency_kind text)
LANGUAGE plpgsql STABLE SECURITY DEFINER AS $$
BEGIN
    RETURN QUERY
        WITH asked AS (
            SELECT DISTINCT ON (r.episode_id) r.episode_id AS episode, a.kind::text AS kind,
                (r.sent_at AT TIME ZONE 'Europe/London')::date AS sent_on
            FROM public.frontdoor_supportrequest r
            LEFT JOIN public.partnership_agency a ON a.id = r.agency_id
            WHERE r.episode_id IS NOT NULL AND r.sent_at IS NOT NULL
            ORDER BY r.episode_id, r.sent_at, r.id
        ), helped AS (
            SELECT e.id, e.family_id AS of_family, k.kind, k.sent_on FROM asked k
            JOIN public.episodes_episode e ON e.id = k.episode
        ), ended AS (
            SELECT 'conversation' AS what, h.id, h.of_family, h.kind, h.sent_on, least(
                (SELECT min(a.agreed_on) FROM public.consent_agreement a
                    WHERE a.family_id = h.of_family AND a.agreed_on >= h.sent_on),
                (SELECT min(n.refused_on) FROM public.consent_refusal n
                    WHERE n.family_id = h.of_family AND n.refused_on >= h.sent_on),
                (SELECT min(m."on") FROM public.plan_meeting m
                    WHERE m.episode_id = h.id AND m.state = 'held' AND m."on" >= h.sent_on)
            ) AS on_day FROM helped h
            UNION ALL
            SELECT 'plan', h.id, h.of_family, h.kind, h.sent_on, p.agreed_on
            FROM helped h JOIN public.plan_plan p ON p.episode_id = h.id
            WHERE p.agreed_on >= h.sent_on
        )
        SELECT w.what, w.on_day, w.on_day - w.sent_on, w.of_family, w.kind FROM ended w
        WHERE w.on_day >= since AND w.on_day < until;
END $$;

-- The middle of those days, and the days within which nine of ten had waited, by quarter.
CREATE OR REPLACE FUNCTION wall_waits(since date, until date, cut text)
RETURNS TABLE (
    measure text, part text, period date, number bigint, middle double precision,
    ninetieth double precision
) LANGUAGE plpgsql STABLE SECURITY DEFINER AS $$
DECLARE
    untold uuid[] := public.wall_untold_places();
BEGIN
    IF public.wall_reads_figures() THEN
        RETURN QUERY
            SELECT w.measure, CASE cut
                    WHEN 'locality' THEN coalesce(l.key::text, '')
                    WHEN 'agency_kind' THEN
                        CASE WHEN w.family = ANY (untold) THEN '' ELSE coalesce(w.agency_kind, '') END
                    ELSE ''
                END AS said,
                date_trunc('quarter', w.day)::date AS began, count(*),
                percentile_cont(0.5) WITHIN GROUP (ORDER BY w.days),
                percentile_cont(0.9) WITHIN GROUP (ORDER BY w.days)
            FROM public.wall_waited(since, until) w
            LEFT JOIN public.people_family f ON f.id = w.family AND f.id <> ALL (untold)
            LEFT JOIN public.partnership_locality l ON l.id = f.locality_id
            GROUP BY 1, 2, 3;
    END IF;
END $$;
