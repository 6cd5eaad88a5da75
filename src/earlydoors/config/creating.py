"""All tables of an empty database at once, as every migration in turn would leave them.

Migrations tell how a database that holds something gets from one version to the next. For one that
holds nothing, Django would still build all models anew after each of their steps, which is most of
half a minute. Here the tables are made as the models stand, what the migrations say in SQL is said
in their order, and each migration is recorded as applied. What they do in Python moves rows that
there are, so here it is left out. A test compares the two ways.
"""

from collections.abc import Iterable, Iterator

from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.migration import Migration
from django.db.migrations.operations.special import RunSQL
from django.db.migrations.recorder import MigrationRecorder
from django.db.migrations.state import ProjectState

# A package that writes its tables in SQL, step by step, some of which must be kept before the next.
_STEP_BY_STEP = "procrastinate"


def create_tables(using: str = "default") -> bool:
    """Make every table, if the database has none. Returns whether it did.

    Stopped half-way, it leaves what migrations can go on from. What follows them (triggers that
    keep versions, permissions, the wall) is left to `migrate`, which then has none to apply.
    """
    connection = connections[using]
    if connection.introspection.table_names():
        return False
    executor = MigrationExecutor(connection)
    leaves = executor.loader.graph.leaf_nodes()
    executor.migrate([leaf for leaf in leaves if leaf[0] == _STEP_BY_STEP])
    executor.loader.build_graph()
    plan = [migration for migration, _ in executor.migration_plan(leaves)]
    state = executor.loader.project_state(leaves)
    with transaction.atomic(using=using):
        _make(connection, state, {migration.app_label for migration in plan})
        _say(connection, state, plan)
        recorder = MigrationRecorder(connection)
        for name in _names(plan):
            recorder.record_applied(*name)
    return True


def _make(connection: BaseDatabaseWrapper, state: ProjectState, labels: set[str]) -> None:
    with connection.schema_editor() as editor:
        for model in state.apps.get_models():
            if model._meta.app_label in labels and model._meta.can_migrate(connection):
                editor.create_model(model)


def _say(connection: BaseDatabaseWrapper, state: ProjectState, plan: Iterable[Migration]) -> None:
    with connection.schema_editor() as editor:
        for migration in plan:
            for statement in (one for one in migration.operations if isinstance(one, RunSQL)):
                statement.database_forwards(migration.app_label, editor, state, state)


def _names(plan: Iterable[Migration]) -> Iterator[tuple[str, str]]:
    """Every migration, with those that it stands for."""
    for migration in plan:
        yield from migration.replaces
        yield migration.app_label, migration.name
