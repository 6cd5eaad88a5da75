"""Names are found by how any word of theirs begins, among a county's people too.

The two functions are what the indexes hold and `domain/finding.sql` asks by. A word that no index
could hold is cut. No extension is needed.
"""

from django.db import migrations

_FUNCTIONS = r"""
CREATE FUNCTION people_words(name text) RETURNS tsvector
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT array_to_tsvector(array_remove(
        string_to_array(regexp_replace(name, '(\S{250})\S+', '\1', 'g'), ' '), ''
    ))
$$;

CREATE FUNCTION people_folded(name text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT regexp_replace(
        regexp_replace(lower(normalize(name, NFKD)), '[\u0300-\u036f]', '', 'g'),
        '[^[:alnum:]]+', ' ', 'g'
    )
$$;
"""
_INDEXES = {
    "person_words": "people_person USING gin (people_words(search_name))",
    "name_words": "people_name USING gin (people_words(search_name))",
    "family_words": "people_family USING gin (people_words(people_folded(name)))",
}


class Migration(migrations.Migration):
    dependencies = [("people", "0008_family_by_name")]

    operations = [
        migrations.RunSQL(
            _FUNCTIONS, "DROP FUNCTION people_folded(text); DROP FUNCTION people_words(text);"
        ),
        *(
            migrations.RunSQL(f"CREATE INDEX {name} ON {on}", f"DROP INDEX {name}")
            for name, on in _INDEXES.items()
        ),
    ]
