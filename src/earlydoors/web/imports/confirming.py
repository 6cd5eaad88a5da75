"""The pages that say what a step will do, before it is done."""

from collections.abc import Mapping
from dataclasses import dataclass

from earlydoors.domain.imports.columns import PEOPLE
from earlydoors.domain.imports.models import Import
from earlydoors.web.design.addresses import reverse
from earlydoors.web.design.words import count


@dataclass(frozen=True)
class ConfirmPage:
    """What a step will do, and the button that does it."""

    title: str
    caption: str
    told: tuple[str, ...]
    button: str
    tone: str
    back: str


def loading(file: Import, counted: Mapping[str, int]) -> ConfirmPage:
    """Before loading."""
    told: list[str] = []
    if file.state == "stopped":
        told.append(f"{count(counted['outcome_loaded'], 'row')} wrote something before it stopped.")
        told.append("It goes on with the first row that was not done.")
    elif file.kind == PEOPLE:
        told += _of_people(file, counted)
    else:
        told.append(
            f"New: {counted['new']:,}. Changed: {counted['changes'] - counted['closes']:,}. "
            f"Closed: {counted['closes']:,}."
        )
    return ConfirmPage(
        title="Go on loading" if file.state == "stopped" else "Load the file",
        caption=file.file_name,
        told=tuple(told),
        button="Go on" if file.state == "stopped" else "Load",
        tone="primary",
        back=reverse("imports:file", args=[file.pk]),
    )


def _of_people(file: Import, counted: Mapping[str, int]) -> list[str]:
    known = counted["changes"] + counted["decided"]
    told = [f"{count(known, 'row')} may bring something new to people on record."]
    told.append(
        f"Its source is “{file.source_says}”. Nothing on record is overwritten, but where somebody "
        "chose what the file says."
    )
    if counted["someone_new"]:
        told.append(f"{count(counted['someone_new'], 'row')} are of people who are not known.")
    if counted["undecided"]:
        rows = count(counted["undecided"], "row")
        told.append(f"{rows} that nobody has decided about are left out. You can send them again.")
    if counted["problems"]:
        told.append(f"{count(counted['problems'], 'row')} to mend are left out.")
    return told


def undoing(file: Import, counted: Mapping[str, int]) -> ConfirmPage:
    """Before taking back."""
    rows = count(counted["outcome_loaded"], "row")
    return ConfirmPage(
        title="Take the file back",
        caption=file.file_name,
        told=(
            f"{rows} wrote something. All of it is taken back, as if the file had not been loaded.",
            (
                "What somebody changed since stays as it is, and so does anyone new who is in a "
                "family now. You get a list of these."
            ),
        ),
        button="Take it back",
        tone="warning",
        back=reverse("imports:file", args=[file.pk]),
    )
