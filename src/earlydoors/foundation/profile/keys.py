"""A foreign key to what never changes: read from the database once in each process."""

from typing import TYPE_CHECKING, Any

from django.db import connection, models
from django.db.models.fields.related_descriptors import ForwardManyToOneDescriptor

# By database as well: one process may work on several, as those of tests and simulations do.
_read: dict[tuple[str, str, object], models.Model] = {}


def remember(row: models.Model) -> None:
    """Keep a row that never changes, for every record that points to it."""
    _read[_place(row.pk)] = row


def _place(key: object) -> tuple[str, str, object]:
    return connection.settings_dict["HOST"], connection.settings_dict["NAME"], key


if TYPE_CHECKING:
    _Descriptor = ForwardManyToOneDescriptor[Any]
else:  # it takes no parameter where the program runs
    _Descriptor = ForwardManyToOneDescriptor


class _FromMemory(_Descriptor):
    def get_object(self, instance: models.Model) -> Any:
        """The row pointed to, as it was read before in this process, or read now."""
        key = getattr(instance, self.field.attname)
        row = _read.get(_place(key))
        if row is None:
            row = super().get_object(instance)
            remember(row)
        return row


class UnchangingKey(models.ForeignKey[Any, Any]):
    """A foreign key to a model whose rows are never changed and never deleted.

    Its row is not fetched along with `select_related`: it is in memory already, and a profile is a
    hundred kilobytes that would come with every record.
    """

    forward_related_accessor_class = _FromMemory

    def deconstruct(self) -> Any:
        """To the database it is a foreign key like any other."""
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.ForeignKey", args, kwargs
