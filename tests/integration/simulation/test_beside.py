"""Processes beside this one: each has a connection of its own to the database."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections

from earlydoors.simulation.press.beside import hands


def server_process() -> int:
    """Which process of the server answers here."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("loop", [False, True])
def test_nobody_beside_speaks_through_a_connection_of_this_process(loop: bool) -> None:
    """In a thread of its own: where a browser has been at work, a loop runs in this one already."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(nobody_speaks, loop).result()


def nobody_speaks(loop: bool) -> None:
    before = server_process()

    async def within_a_loop() -> int:
        return heard()

    def heard() -> int:
        with hands(1, lambda _, pipe: pipe.send(server_process())) as (one,):
            return int(one.hear())

    try:
        beside = asyncio.run(within_a_loop()) if loop else heard()
        assert beside != before
        if loop:
            assert server_process() == before, "What this process had open was closed."
    finally:
        connections.close_all()
