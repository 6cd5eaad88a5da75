"""Processes beside this one: each has a connection of its own to the database."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections
from django.utils import timezone

from earlydoors.domain.partnership.operations import settle
from earlydoors.foundation.profile.current import current
from earlydoors.simulation.press.beside import hands
from earlydoors.simulation.press.playing import play
from earlydoors.simulation.press.stories import HALF, paths


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


@pytest.mark.django_db(transaction=True)
def test_two_halves_are_played_without_waiting_for_each_other() -> None:
    """Whoever waited for what the other has written would wait until that is undone."""
    with ThreadPoolExecutor(1) as thread:
        here, beside = thread.submit(played_by_halves).result()
    assert here >= HALF
    assert beside >= frozenset(paths()) - HALF


def played_by_halves() -> tuple[set[str], set[str]]:
    def half(of: frozenset[str]) -> set[str]:
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '500ms'")
        return set(play(of))

    try:
        settle(profile=current(), at=timezone.now())
        with hands(1, lambda _, pipe: pipe.send(half(frozenset(paths()) - HALF))) as (one,):
            return half(HALF), one.hear()
    finally:
        connections.close_all()
