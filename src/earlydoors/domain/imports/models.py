"""A file that was brought in, and its rows."""

import json
from collections.abc import Sequence

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models
from django.db.models import Q

from earlydoors.domain.imports.states import IMPORT
from earlydoors.domain.partnership.models import Agency, Member, Setting
from earlydoors.domain.partnership.recorded import Recorded, both_or_neither


class Import(Recorded):
    """A file of people or of schools, from being read to being loaded or taken back.

    The file itself is not kept: its rows are, each as it was read. `columns` says which column
    of the file holds what; `choices` what of it is wanted; `upto` the last row that a step under
    way has done with.
    """

    KINDS = [("people", "People, such as a school roll"), ("schools", "Schools, from GIAS")]

    kind = models.CharField(max_length=8, choices=KINDS)
    state = models.CharField(max_length=10, choices=IMPORT.choices, default=IMPORT.start)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    setting = models.ForeignKey(Setting, on_delete=models.PROTECT, null=True, related_name="+")
    follows = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="followed_by"
    )
    file_name = models.CharField(max_length=200)
    read_as = models.CharField(max_length=100)
    fingerprint = models.CharField(max_length=64)
    source_says = models.CharField(max_length=200, blank=True)
    as_of = models.DateField(null=True)
    headings = models.JSONField(default=list)
    columns = models.JSONField(default=dict)
    choices = models.JSONField(default=dict)
    adds_new = models.BooleanField(default=False)
    adds_why = models.CharField(max_length=500, blank=True)
    rows_in_file = models.PositiveIntegerField(default=0)
    upto = models.PositiveIntegerField(default=0)
    loaded_at = models.DateTimeField(null=True)
    loaded_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    forgotten_on = models.DateField(null=True)

    class Meta:
        constraints = [
            both_or_neither("loaded_at", "loaded_by"),
            models.CheckConstraint(
                name="adding_people_says_why", condition=Q(adds_new=False) | ~Q(adds_why="")
            ),
        ]
        indexes = [models.Index(fields=["agency", "created_at"], name="imports_of_agency")]

    def __str__(self) -> str:
        return self.file_name


class Row(models.Model):
    """A row of a file: as it was read, what it says, whom it is about, and what came of it.

    `wrote` holds each thing that loading made or changed with what was there before, for undoing.
    Who brought it in is on its file; a decision about it names who made it. A row is never shown
    without its file.
    """

    VERDICTS = [
        ("", "Not looked at yet"),
        ("problem", "To be mended"),
        ("changes", "Known, with something new"),
        ("same", "Known, nothing new"),
        ("decide", "For someone to decide"),
        ("new", "Not known"),
        ("closes", "Closed"),
        ("aside", "Not wanted"),
        ("before", "Loaded already"),
    ]
    DECISIONS = [
        ("", "Nobody has decided"),
        ("person", "The same person"),
        ("new", "Someone new"),
        ("out", "Left out"),
    ]
    OUTCOMES = [
        ("", "Nothing yet"),
        ("loaded", "Loaded"),
        ("nothing", "Nothing to load"),
        ("undone", "Taken back"),
        ("left", "Left as it is, because it was changed since"),
    ]

    of = models.ForeignKey(Import, on_delete=models.PROTECT, related_name="rows")
    number = models.PositiveIntegerField()
    cells = models.JSONField(default=list)
    formulas = models.JSONField(default=list)
    values = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    digest = models.CharField(max_length=64, blank=True)
    verdict = models.CharField(max_length=8, choices=VERDICTS, blank=True)
    person_id = models.UUIDField(null=True)
    possible = models.JSONField(default=list)
    changes = models.JSONField(default=list)
    differences = models.JSONField(default=list)
    decision = models.CharField(max_length=6, choices=DECISIONS, blank=True)
    takes = models.JSONField(default=list)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    outcome = models.CharField(max_length=7, choices=OUTCOMES, blank=True)
    wrote = models.JSONField(default=list)
    left_says = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["of", "number"], name="a_line_is_one_row"),
            both_or_neither("decided_at", "decided_by"),
        ]
        indexes = [
            models.Index(fields=["of", "verdict", "number"], name="rows_by_verdict"),
            models.Index(fields=["of", "outcome", "number"], name="rows_by_outcome"),
        ]

    def __str__(self) -> str:
        return f"Line {self.number} of {self.of}"

    @classmethod
    def keep(cls, rows: Sequence["Row"], *names: str) -> None:
        """Write these fields of many rows in one statement; files have hundreds of thousands."""
        if not rows:
            return
        known = {one.name: one for one in cls._meta.concrete_fields}
        fields = [known[name] for name in names]
        columns = [connection.ops.quote_name(str(one.column)) for one in fields]
        kinds = [one.db_type(connection) for one in fields]
        given = [
            {"id": row.pk} | {str(one.column): getattr(row, one.attname) for one in fields}
            for row in rows
        ]
        sets = ", ".join(f"{name} = given.{name}" for name in columns)
        shape = ", ".join(f"{name} {kind}" for name, kind in zip(columns, kinds, strict=True))
        # Every name comes from the model, none from a file.
        statement = (
            f"UPDATE {cls._meta.db_table} AS kept SET {sets} "  # noqa: S608
            f"FROM jsonb_to_recordset(%s::jsonb) AS given(id bigint, {shape}) "
            "WHERE kept.id = given.id"
        )
        with connection.cursor() as cursor:
            cursor.execute(statement, [json.dumps(given, cls=DjangoJSONEncoder)])
