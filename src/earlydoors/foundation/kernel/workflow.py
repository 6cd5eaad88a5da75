"""A workflow is one table: states, and transitions between them.

The check, the button, the audit event and the diagram in `docs/reference` all come from it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from earlydoors.foundation.kernel.refusals import UnableTo


@dataclass(frozen=True)
class State:
    """A place something can be in.

    `says` finishes the sentence "It is …", and `waits_for` says whose move it is.
    """

    key: str
    says: str
    waits_for: str = ""
    final: bool = False


@dataclass(frozen=True)
class Transition:
    """One allowed move. `event` is the audit verb; `permission` the right it needs."""

    name: str
    sources: tuple[str, ...]
    target: str
    permission: str
    event: str


@dataclass(frozen=True)
class Workflow:
    """States and the moves between them. Raises `ValueError` when the table is inconsistent."""

    key: str
    noun: str
    start: str
    states: tuple[State, ...]
    transitions: tuple[Transition, ...]

    def __post_init__(self) -> None:
        known = {state.key for state in self.states}
        for transition in self.transitions:
            strangers = {*transition.sources, transition.target} - known
            if strangers:
                raise ValueError(f"{self.key}.{transition.name} names unknown states: {strangers}")
        if len(known) != len(self.states):
            raise ValueError(f"{self.key} names a state twice")
        if self.start not in known:
            raise ValueError(f"{self.key} starts in an unknown state: {self.start}")
        names = [transition.name for transition in self.transitions]
        if len(set(names)) != len(names):
            raise ValueError(f"{self.key} names a transition twice")

    @cached_property
    def by_name(self) -> dict[str, Transition]:
        """The transitions by name."""
        return {transition.name: transition for transition in self.transitions}

    @cached_property
    def by_key(self) -> dict[str, State]:
        """The states by key."""
        return {state.key: state for state in self.states}

    @property
    def choices(self) -> list[tuple[str, str]]:
        """The states as a model field's choices."""
        return [(state.key, state.says) for state in self.states]

    def can(self, name: str, state: str) -> bool:
        """Whether the move can be made from this state."""
        return state in self.by_name[name].sources

    def move(self, name: str, state: str) -> str:
        """The state after the move. Raises `UnableTo` with a sentence when it cannot be made."""
        transition = self.by_name[name]
        if state not in transition.sources:
            now = self.by_key[state].says
            raise UnableTo(
                f"This cannot be done now: the {self.noun} is {now}. "
                "Someone may have moved it on since you opened the page."
            )
        return transition.target

    def moves_from(self, state: str) -> Iterator[Transition]:
        """The moves open from a state, in the table's order."""
        return (t for t in self.transitions if state in t.sources)

    def reachable(self) -> set[str]:
        """Every state that some chain of moves leads to from the start."""
        seen, edge = {self.start}, [self.start]
        while edge:
            here = edge.pop()
            for transition in self.moves_from(here):
                if transition.target not in seen:
                    seen.add(transition.target)
                    edge.append(transition.target)
        return seen

    def diagram(self) -> str:
        """The workflow as a Mermaid state diagram."""
        lines = ["stateDiagram-v2", f"    [*] --> {self.start}"]
        lines += [f"    {state.key}: {state.says}" for state in self.states]
        lines += [
            f"    {source} --> {t.target}: {t.name.replace('_', ' ')}"
            for t in self.transitions
            for source in t.sources
        ]
        lines += [f"    {state.key} --> [*]" for state in self.states if state.final]
        return "\n".join(lines)
