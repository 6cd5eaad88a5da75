"""Reasons not to run, as sentences."""


class CannotRun(Exception):
    """Early Doors cannot run here and now.

    Args:
        what: one sentence that says what is wrong.
        mend: one sentence that says what to do about it.
    """

    def __init__(self, what: str, mend: str = "") -> None:
        super().__init__(f"{what} {mend}".strip())
        self.what = what
        self.mend = mend
