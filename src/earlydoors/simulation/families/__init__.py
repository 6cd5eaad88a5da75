"""The five families, each a list of steps that can be walked to any point."""

from collections.abc import Callable, Sequence

from earlydoors.simulation.clockwork import Stage

type Step = Callable[[Stage], None]
type Steps = Sequence[tuple[str, Step]]


def walk(stage: Stage, steps: Steps, until: str) -> Stage:
    """Take the steps that have not been taken yet, up to and with the one named.

    Raises `LookupError` when the story has no such step.
    """
    names = [name for name, _ in steps]
    if until not in names:
        raise LookupError(f"The story of {stage.name} has no step {until}: {', '.join(names)}.")
    for name, step in steps[: names.index(until) + 1]:
        if name not in stage.done:
            step(stage)
            stage.done.append(name)
    return stage
