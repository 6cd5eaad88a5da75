"""Guards over every model of the product."""

import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

import earlydoors
from earlydoors.domain.partnership.recorded import Recorded
from earlydoors.foundation.sealing import SealedBytes

PACKAGE = Path(earlydoors.__file__).parent
CLASSES = PACKAGE / "domain" / "classification.toml"
FLOORS = (
    ("history", "audit", "profile", "practice"),
    ("partnership",),
    ("people",),
    ("access",),
    ("records",),
    ("chronology",),
    ("joining",),
    ("consent", "matching"),
    ("imports",),
    ("episodes",),
    ("frontdoor", "assessment"),
    ("plan",),
    ("panels",),
    ("information",),
    ("retention", "studies"),
    ("web",),
)
OURS = [m for m in apps.get_models() if m.__module__.startswith("earlydoors.")]
# Evidence, kept versions, and what pages keep for a day carry their maker in their own way; the
# register's index is made anew from records that do.
NOT_RECORDED = {
    "history", "audit", "profile", "practice", "partnership", "chronology", "matching", "web",
}  # fmt: skip
# Who a family's sign-in is, is evidence; a row of a file has its maker on its file, and a passage
# has whoever gathered it on its gathering, and a file has who sent it on its description. A record
# comes up by itself, and what certifies its disposal says who decided. A study's key is its
# study's. How many families somebody opened within an hour is counted, and nobody's record.
PLAIN = {
    "access.Pace", "people.Account", "imports.Row", "information.Passage", "consent.EvidenceFile",
    "retention.Review", "retention.Certificate", "studies.StudyKey",
}  # fmt: skip


def floor_of(label: str) -> int:
    return next(n for n, floor in enumerate(FLOORS) if label in floor)


def test_every_app_has_a_floor() -> None:
    assert {m._meta.app_label for m in OURS} == {label for floor in FLOORS for label in floor}


@pytest.mark.parametrize("model", OURS, ids=lambda m: m._meta.label)
def test_no_foreign_key_points_upward(model: type[models.Model]) -> None:
    here = model._meta.app_label
    for field in model._meta.get_fields():
        target = field.related_model if field.concrete else None
        if not isinstance(target, type) or not target.__module__.startswith("earlydoors."):
            continue
        there = target._meta.app_label
        assert there == here or floor_of(there) < floor_of(here), (
            f"{model._meta.label}.{field.name} points up to {target._meta.label}"
        )


@pytest.mark.parametrize("model", OURS, ids=lambda m: m._meta.label)
def test_moments_and_people_go_in_pairs(model: type[models.Model]) -> None:
    """`withdrawn_at` and `withdrawn_by` are set together, and the database says so."""
    names = {field.name: field for field in model._meta.get_fields() if field.concrete}
    constrained = {c.name for c in model._meta.constraints}
    for name, field in names.items():
        stem = name.removesuffix("_at")
        if stem == name or f"{stem}_by" not in names:
            continue
        both = field.null and names[f"{stem}_by"].null
        neither = not field.null and not names[f"{stem}_by"].null
        assert both or neither, f"{model._meta.label}: {stem}_at and {stem}_by differ"
        if both:
            wanted = f"{model._meta.app_label}_{model._meta.model_name}_{stem}_at_with_{stem}_by"
            assert wanted in constrained, f"{model._meta.label} lacks both_or_neither for {stem}"


@pytest.mark.parametrize("model", OURS, ids=lambda m: m._meta.label)
def test_everything_says_who_made_and_changed_it(model: type[models.Model]) -> None:
    if model._meta.app_label in NOT_RECORDED or model._meta.label in PLAIN:
        return
    assert issubclass(model, Recorded), f"{model._meta.label} does not say who and when"
    assert model.keeps_versions


@pytest.mark.parametrize("model", OURS, ids=lambda m: m._meta.label)
def test_every_field_is_classified(model: type[models.Model]) -> None:
    classes = tomllib.loads(CLASSES.read_text())
    said = classes.get(model._meta.label_lower, {})
    listed = [name for sort in ("personal", "special", "neither") for name in said.get(sort, [])]
    fields = [field.name for field in model._meta.get_fields() if field.concrete]
    assert sorted(listed) == sorted(fields), f"{CLASSES.name} is not whole for {model._meta.label}"


@pytest.mark.parametrize("model", OURS, ids=lambda m: m._meta.label)
def test_what_is_classified_as_sealed_is_sealed(model: type[models.Model]) -> None:
    said = tomllib.loads(CLASSES.read_text())[model._meta.label_lower].get("sealed", [])
    sealed = [one.name for one in model._meta.concrete_fields if isinstance(one, SealedBytes)]
    assert sorted(said) == sorted(sealed)
    # Bytes are files as they were sent: nobody can say beforehand what is in one.
    kept = [one.name for one in model._meta.concrete_fields if isinstance(one, models.BinaryField)]
    assert sorted(kept) == sorted(sealed)


def test_no_classification_is_left_over() -> None:
    assert set(tomllib.loads(CLASSES.read_text())) == {m._meta.label_lower for m in OURS}


@pytest.mark.parametrize("model", OURS, ids=lambda m: m._meta.label)
def test_nothing_deletes_by_cascade(model: type[models.Model]) -> None:
    """Nothing written is ever lost because something else was removed."""
    for field in model._meta.get_fields():
        if field.concrete and field.remote_field and not field.many_to_many:
            assert field.remote_field.on_delete is models.PROTECT, f"{model._meta.label}.{field}"
