-- Finding people and families among very many, for whoever asks. Behind row-level security no index
-- answers how a word begins: every row is asked first whether it may be seen. These look by index
-- with the owner's eyes, and give of what they find only what the relation of access opens. The
-- owner of the tables is given everything. Each family found is probed for, by a subquery that is not
-- made into a set of all that are open: few are found. How many words are asked is not known when
-- it is planned, and no table is worth reading whole. Installed and guarded as `wall.sql` is.

-- What matches words that begin so.
CREATE OR REPLACE FUNCTION wall_beginning(word text) RETURNS tsquery LANGUAGE sql STABLE AS $$
    SELECT format(
        '''%s'':*', replace(replace(left(word, 250), '\', '\\'), '''', '''''')
    )::tsquery
$$;

-- Families, and who in them: each word begins a word of somebody's name, today's or an earlier one,
-- or of their family's, and at least one is their own. Where nobody is given, all are the family's.
-- An earlier name finds nobody where no more than the summary is open, and nobody who is of another
-- family that is shut: it could lead there.
CREATE OR REPLACE FUNCTION wall_named(words text[])
RETURNS TABLE (family uuid, person uuid) LANGUAGE plpgsql STABLE SECURITY DEFINER
SET enable_seqscan = off AS $$
DECLARE
    owner boolean := public.wall_is_owner();
BEGIN
    RETURN QUERY
        WITH asked AS (
            SELECT n, public.wall_beginning(word) AS beginning
            FROM unnest(words) WITH ORDINALITY AS one(word, n) WHERE word <> ''
        ), families AS MATERIALIZED (
            SELECT a.n, f.id FROM asked a
            JOIN public.people_family f
                ON public.people_words(public.people_folded(f.name)) @@ a.beginning
        ), told AS (
            SELECT a.n, m.family_id, m.person_id, true AS own FROM asked a
            JOIN public.people_person p ON public.people_words(p.search_name) @@ a.beginning
            JOIN public.people_familymember m ON m.person_id = p.id
            UNION ALL
            SELECT a.n, m.family_id, m.person_id, true FROM asked a
            JOIN public.people_name o ON public.people_words(o.search_name) @@ a.beginning
            JOIN public.people_familymember m ON m.person_id = o.person_id
            WHERE o.removed_on IS NULL
                AND (owner OR (
                    o.person_id <> ALL ((SELECT public.wall_hidden())::uuid[]) AND (
                        SELECT true FROM public.wall_open_all w
                        WHERE w.family_id = m.family_id LIMIT 1
                    )
                ))
            UNION ALL
            SELECT f.n, f.id, m.person_id, false FROM families f
            JOIN public.people_familymember m ON m.family_id = f.id
        ), found AS (
            SELECT t.family_id, t.person_id FROM told t GROUP BY t.family_id, t.person_id
            HAVING count(DISTINCT t.n) = (SELECT count(*) FROM asked) AND bool_or(t.own)
            UNION ALL
            SELECT f.id, NULL FROM families f GROUP BY f.id
            HAVING count(*) = (SELECT count(*) FROM asked)
        )
        SELECT f.family_id, f.person_id FROM found f
        WHERE owner OR (
            SELECT true FROM public.wall_open_any w WHERE w.family_id = f.family_id LIMIT 1
        );
END $$;

-- Families, and who in them was born on a day; or has that birthday, in any year.
CREATE OR REPLACE FUNCTION wall_born(day date, any_year boolean)
RETURNS TABLE (family uuid, person uuid) LANGUAGE plpgsql STABLE SECURITY DEFINER
SET enable_seqscan = off AS $$
DECLARE
    owner boolean := public.wall_is_owner();
BEGIN
    RETURN QUERY
        SELECT m.family_id, m.person_id FROM public.people_person p
        JOIN public.people_familymember m ON m.person_id = p.id
        WHERE p.born_on IS NOT NULL
            AND (p.born_on = day OR (
                any_year AND extract(month FROM p.born_on) = extract(month FROM day)
                AND extract(day FROM p.born_on) = extract(day FROM day)
            ))
            AND (owner OR (
                SELECT true FROM public.wall_open_any w WHERE w.family_id = m.family_id LIMIT 1
            ));
END $$;
