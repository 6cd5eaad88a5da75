"""Addresses of the place."""

from django.urls import path

from earlydoors.web.families.views import (
    chronology,
    connections,
    family,
    knowing,
    names,
    numbers,
    people,
    pictures,
    places,
    referrals,
    relations,
    responsibilities,
    steps,
    team,
)

app_name = "families"

_FAMILY = "families/<uuid:family_id>/"
_EVENT = f"{_FAMILY}chronology/<uuid:event_id>/"
_PERSON = f"{_FAMILY}people/<uuid:person_id>/"
_RELATION = f"{_PERSON}relations/<uuid:relationship_id>/"
_RESPONSIBILITY = f"{_PERSON}responsibility/<uuid:responsibility_id>/"
_CONNECTION = f"{_FAMILY}matters/<uuid:connection_id>/"
_EPISODE = "episodes/<uuid:episode_id>/"

urlpatterns = [
    path("families/", family.search, name="search"),
    path(_FAMILY, family.overview, name="family"),
    path(f"{_FAMILY}chronology", chronology.chronology, name="chronology"),
    path(f"{_FAMILY}chronology/file", chronology.file, name="chronology_file"),
    path(f"{_FAMILY}chronology/add", chronology.add, name="add_event"),
    path(f"{_EVENT}", chronology.mend, name="mend_event"),
    path(f"{_EVENT}take-off", chronology.take_off, name="take_off_event"),
    path(f"{_FAMILY}pictures", pictures.pictures, name="pictures"),
    path(f"{_FAMILY}pictures/<slug:picture>/<slug:form>", pictures.picture, name="picture"),
    path(f"{_FAMILY}access", family.access, name="access"),
    path(f"{_FAMILY}looks", family.looks, name="looks"),
    path(f"{_FAMILY}careful", family.careful, name="careful"),
    path(f"{_FAMILY}people/add", people.add, name="add_person"),
    path(_PERSON, people.person, name="person"),
    path(f"{_PERSON}edit", people.edit, name="edit_person"),
    path(f"{_PERSON}place-in-family", people.restate, name="restate"),
    path(f"{_PERSON}leave", people.leave, name="leave"),
    path(f"{_PERSON}known/<slug:group>/", knowing.known, name="known"),
    path(f"{_PERSON}reach/add", knowing.add_route, name="add_route"),
    path(f"{_PERSON}reach/<uuid:route_id>/", knowing.mend_route, name="mend_route"),
    path(f"{_PERSON}names/add", names.add, name="add_name"),
    path(f"{_PERSON}names/<uuid:name_id>/", names.mend, name="mend_name"),
    path(f"{_PERSON}names/<uuid:name_id>/take-off", names.take_off, name="take_off_name"),
    path(f"{_PERSON}numbers/<slug:number_kind>/", numbers.number, name="number"),
    path(f"{_PERSON}numbers/<slug:number_kind>/take-off", numbers.take_off, name="take_off_number"),
    path(f"{_PERSON}places/add", places.add, name="add_place"),
    path(f"{_PERSON}places/<uuid:place_id>/", places.mend, name="mend_place"),
    path(f"{_PERSON}places/<uuid:place_id>/move", places.move, name="move"),
    path(f"{_PERSON}places/<uuid:place_id>/end", places.end, name="end_place"),
    path(f"{_PERSON}places/<uuid:place_id>/keep", places.keep, name="keep_place"),
    path(f"{_PERSON}kept/<uuid:kept_id>/lift", places.lift, name="lift"),
    path(f"{_PERSON}relations/add", relations.add, name="add_relationship"),
    path(_RELATION, relations.mend, name="mend_relationship"),
    path(f"{_RELATION}take-off", relations.take_off, name="take_off_relationship"),
    path(f"{_PERSON}responsibility/add", responsibilities.add, name="add_responsibility"),
    path(_RESPONSIBILITY, responsibilities.mend, name="mend_responsibility"),
    path(f"{_RESPONSIBILITY}take-off", responsibilities.take_off, name="take_off_responsibility"),
    path(f"{_FAMILY}matters/add", connections.add, name="add_connection"),
    path(_CONNECTION, connections.mend, name="mend_connection"),
    path(f"{_CONNECTION}take-off", connections.take_off, name="take_off_connection"),
    path(f"{_FAMILY}harm", steps.harm, name="harm"),
    path(f"{_FAMILY}harm/<uuid:referral_id>/", referrals.referral, name="harm_referral"),
    path(f"{_FAMILY}come-back", steps.come_back, name="come_back"),
    path(f"{_EPISODE}team", team.team, name="team"),
    path(f"{_EPISODE}team/add", team.add_worker, name="add_worker"),
    path(f"{_EPISODE}team/add-own", team.add_own, name="add_own"),
    path(f"{_EPISODE}team/<uuid:place_id>/leave", team.leave, name="leave_team"),
    path(f"{_EPISODE}lead", team.lead, name="lead"),
    path(f"{_EPISODE}step", steps.step, name="step"),
    path(f"{_EPISODE}agency", steps.give_to_agency, name="give_to_agency"),
    path(f"{_EPISODE}offer-more", steps.offer_more, name="offer_more"),
    path(f"{_EPISODE}step-down", steps.step_down, name="step_down"),
]
