"""The register's index: made from what is known of people, and made anew whenever that changes.

Nothing is read here that is not written down in `people`; the whole can be thrown away and made
again (`earlydoors register index`).
"""

from typing import TYPE_CHECKING

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from earlydoors.domain.people.models import Person

if TYPE_CHECKING:
    _Whole = models.Field[list[int], list[int]]
else:
    _Whole = models.Field


class Integers(_Whole):
    """A list of whole numbers. The driver reads and writes PostgreSQL's own arrays by itself."""

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        return "integer[]"


class Entry(models.Model):
    """A person in the index: what tells them, prepared for comparing, and the keys they are under.

    `form` is the form of what is kept (`entries.FORM`). `keys` says which rows of `Key` are theirs,
    so that those need no index of their own to be found again.
    """

    number = models.AutoField(primary_key=True)
    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="+")
    form = models.PositiveSmallIntegerField()
    told = models.TextField()
    keys = Integers()

    def __str__(self) -> str:
        return f"Entry {self.number}"


class Key(models.Model):
    """A person under a loose key. The primary key holds all there is, so nothing else is read.

    `entry` is the number of an entry, not a foreign key: there are some forty rows a person, and
    whoever writes them has the entry locked.
    """

    pk = models.CompositePrimaryKey("key", "entry")
    key = models.IntegerField()
    entry = models.IntegerField()

    def __str__(self) -> str:
        return f"{self.key} of {self.entry}"


class Frequency(models.Model):
    """How many people have a value in a field, as counted last. Once is not written down.

    The empty value is everybody: how many there are in all.
    """

    field = models.CharField(max_length=20)
    value = models.CharField(max_length=200)
    people = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["field", "value"], name="a_value_is_counted_once")
        ]

    def __str__(self) -> str:
        return f"{self.field} {self.value}: {self.people}"
