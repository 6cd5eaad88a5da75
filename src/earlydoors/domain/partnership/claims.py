"""Who comes from elsewhere, and as what: the providers of sign-in, and where claims lead.

An installation describes its providers in a file of its own (`EARLYDOORS_SIGN_IN`). Each has rules
in their order; the first that fits what the provider says of somebody decides their place. Nobody
whom no rule fits comes in.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import Field, ValidationError

from earlydoors.foundation.forms.schema import Key, Part, Text
from earlydoors.foundation.profile.schema import Profile, RoleKind


class Placing(Part):
    """A rule: who it fits, and the place it gives."""

    when: dict[str, tuple[str, ...]] = Field(
        min_length=1,
        description="Claims by name, each with the values of which one must be among those said. "
        "All the claims named must fit. A dot leads into a claim (`realm_access.roles`).",
    )
    role: Key = Field(description="The key of a role of the profile.")
    agency: Key = Field(description="The key of an agency of the profile.")
    setting: str = Field(default="", description="The key of a setting of that agency.")
    desks: tuple[str, ...] = Field(default=(), description="`front_door`, or a panel's key.")


class Provider(Part):
    """Somewhere people have an account already: a council's own directory."""

    key: Key = Field(description="Stands in addresses and in the record; never changes.")
    name: Text = Field(description="What the button says: Sign in with …")
    issuer: str = Field(
        pattern=r"^https?://[^\s?#]+$", description="The issuer, exactly as the provider says it."
    )
    client_id: Text
    secret_from: str = Field(
        pattern=r"^[A-Z][A-Z0-9_]*$", description="The environment variable with the secret."
    )
    sends_to: tuple[str, ...] = Field(
        default=(), description="Other origins that its sign-in page lies on, if any."
    )
    second_step: Literal["theirs", "ours"] = Field(
        default="ours",
        description="`theirs` when the provider asks for a second step and says so in its token; "
        "whoever comes without that word takes ours.",
    )
    says_so: dict[str, tuple[str, ...]] = Field(
        default={"amr": ("mfa",)},
        min_length=1,
        description="Claims of its token by name, each with the values of which one says that "
        "there was a second step. One claim that fits is enough.",
    )
    asks: dict[Literal["acr_values", "claims"], str] = Field(
        default={}, description="What it is asked for, so that its token says so."
    )
    scopes: tuple[str, ...] = ("openid", "profile", "email")
    subject: str = Field(default="sub", description="The claim that names somebody for ever.")
    places: tuple[Placing, ...] = Field(min_length=1)

    @property
    def origin(self) -> str:
        """Scheme, host and port of the issuer."""
        scheme, _, rest = self.issuer.partition("://")
        return f"{scheme}://{rest.partition('/')[0]}"


class Providers(Part):
    """The file."""

    providers: tuple[Provider, ...] = ()

    def by_key(self, key: str) -> Provider | None:
        """The provider of that key, if there is one."""
        return next((one for one in self.providers if one.key == key), None)


class FaultyProviders(Exception):
    """The file cannot be used; `str()` says why."""


def read(path: Path) -> Providers:
    """The providers that a file describes. Raises `FaultyProviders`."""
    try:
        found = yaml.safe_load(path.read_text(encoding="utf-8"))
        return Providers.model_validate(found or {}, strict=False)
    except (OSError, yaml.YAMLError) as error:
        raise FaultyProviders(f"{path} cannot be read: {error}") from error
    except ValidationError as error:
        said = "; ".join(
            f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors()
        )
        raise FaultyProviders(f"{path} has faults: {said}") from error


def faults(providers: Providers, profile: Profile) -> list[str]:
    """What the rules name that the profile does not have, each as a sentence."""
    roles = {role.key: role for role in profile.roles}
    agencies = {agency.key: agency for agency in profile.agencies}
    desks = {"front_door", *(panel.key for panel in profile.panels)}
    found = []
    keys = [one.key for one in providers.providers]
    found += [
        f"Two providers have the key {key}." for key in {k for k in keys if keys.count(k) > 1}
    ]
    for provider in providers.providers:
        for rule in provider.places:
            role, agency = roles.get(rule.role), agencies.get(rule.agency)
            if role is None or role.kind == RoleKind.FAMILY_MEMBER:
                found.append(f"{provider.key}: the profile has no role {rule.role} of a worker.")
            if agency is None:
                found.append(f"{provider.key}: the profile has no agency {rule.agency}.")
            elif rule.setting and rule.setting not in {one.key for one in agency.settings}:
                found.append(f"{provider.key}: {rule.agency} has no setting {rule.setting}.")
            found += [
                f"{provider.key}: the profile has no desk {desk}."
                for desk in rule.desks
                if desk not in desks
            ]
    return found


def place_of(provider: Provider, claims: Mapping[str, Any]) -> Placing | None:
    """The place that the first fitting rule gives; none when no rule fits."""
    return next((rule for rule in provider.places if _fits(rule, claims)), None)


def had_second_step(provider: Provider, token: Mapping[str, Any]) -> bool:
    """Whether the provider's token itself says that whoever comes took a second step there."""
    return provider.second_step == "theirs" and any(
        set(values) & set(_said(token, name)) for name, values in provider.says_so.items()
    )


def _fits(rule: Placing, claims: Mapping[str, Any]) -> bool:
    return all(set(values) & set(_said(claims, name)) for name, values in rule.when.items())


def _said(claims: Mapping[str, Any], name: str) -> Sequence[str]:
    """The values of a claim as texts: one, several, or none."""
    found: Any = claims
    for part in [name] if name in claims else name.split("."):
        found = found.get(part) if isinstance(found, Mapping) else None
    if isinstance(found, str | int | bool):
        return [str(found).lower() if isinstance(found, bool) else str(found)]
    if isinstance(found, list):
        return [str(one) for one in found if isinstance(one, str | int)]
    return []
