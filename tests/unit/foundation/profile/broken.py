"""Ways to break a profile, each with what has to be said about it."""

# (file, old, new) changes; then the key named and how the message begins.
type Change = tuple[str, str, str]
# The panels of the route to a panel, as the profile writes them.
PANELS = (
    "    panels: [aylesbury_vale_network, wycombe_network, chiltern_network, south_bucks_network]\n"
)
PLEDGE = """pledge:
  name: Ours
  source: "assumed: a test"
  commitments:
    - {key: one, says: One, source: "assumed: a test"}
    - {key: one, says: Two, source: "assumed: a test"} # here
"""
FORM = """key: {key}
version: {version}
purpose: {purpose}
title: Another
source: "assumed: a test"
sections:
  - key: only
    title: Only
    questions:
      - {{key: only, kind: long_text, asks: What else?}}
"""
BROKEN: dict[str, tuple[list[Change], str, str]] = {
    "a level twice": (
        [("levels.yaml", "- key: section_47\n", "- key: section_17 # here\n")],
        "levels[5].key",
        "`section_17` is there twice.",
    ),
    "a descriptor twice": (
        [("levels.yaml", "- key: universal_development", "- key: universal_learning # here")],
        "levels[1].descriptors[2].key",
        "`universal_learning` is there twice.",
    ),
    "a setting twice, in two agencies": (
        [("partnership.yaml", "- key: young_carers_wycombe", "- key: rye_family_hub # here")],
        "agencies[16].settings[2].key",
        "`rye_family_hub` is there twice.",
    ),
    "an objective twice": (
        [("measures.yaml", "- key: assess_everyone", "- key: identify_families # here")],
        "themes[1].objectives[2].key",
        "`identify_families` is there twice.",
    ),
    "a promise twice": (
        [
            (
                "measures.yaml",
                "",
                PLEDGE,
            )
        ],
        "pledge.commitments[2].key",
        "`one` is there twice.",
    ),
    "a route to no level": (
        [
            (
                "pathway.yaml",
                "was advised.\n    levels: [universal]",
                "was advised.\n    levels: [universal, nowhere] # here",
            )
        ],
        "routes[1].levels[2]",
        "There is no level `nowhere`.",
    ),
    "a route to no panel": (
        [
            ("pathway.yaml", "panels: [aylesbury_vale_network", "panels: [nowhere"),
            ("pathway.yaml", "south_bucks_network]", "south_bucks_network] # here"),
        ],
        "routes[4].panels[1]",
        "There is no panel `nowhere`.",
    ),
    "a stage of no level": (
        [("pathway.yaml", "levels: [universal]", "levels: [universal, nowhere] # here")],
        "stages[1].levels[2]",
        "There is no level `nowhere`.",
    ),
    "a panel of no agency": (
        [
            (
                "partnership.yaml",
                "agencies: [family_hubs,",
                "agencies: [\n      nobody, # here\n     ",
            )
        ],
        "panels[1].agencies[1]",
        "There is no agency `nobody`.",
    ),
    "a panel of no locality": (
        [("partnership.yaml", "locality: wycombe\n    do", "locality: atlantis # here\n    do")],
        "panels[2].locality",
        "There is no locality `atlantis`.",
    ),
    "a setting in no locality": (
        [("partnership.yaml", "        locality: wycombe", "        locality: atlantis # here")],
        "agencies[1].settings[3].locality",
        "There is no locality `atlantis`.",
    ),
    "an indicator of no theme": (
        [("measures.yaml", "    theme: education", "    theme: astrology # here")],
        "indicators[1].theme",
        "There is no theme `astrology`.",
    ),
    "a level that no route reaches": (
        [
            (
                "pathway.yaml",
                "agreement.\n    levels: [section_47]",
                "agreement.\n    levels: [section_17]",
            ),
            ("levels.yaml", "- key: section_47\n", "- key: section_47 # here\n"),
        ],
        "levels[5]",
        "No route leads to the level `section_47`.",
    ),
    "levels out of order": (
        [
            ("levels.yaml", "kind: universal", "kind: coordinated"),
            ("levels.yaml", "levels:", "levels: # here"),
        ],
        "levels",
        "Levels must go from least need to most.",
    ),
    "no universal level": (
        [
            ("levels.yaml", "kind: universal", "kind: single_agency"),
            ("levels.yaml", "levels:", "levels: # here"),
        ],
        "levels",
        "No level is of kind `universal`.",
    ),
    "no way to give advice": (
        [
            ("pathway.yaml", "decision: advice", "decision: single_agency"),
            ("pathway.yaml", "routes:", "routes: # here"),
        ],
        "routes",
        "No route decides `advice`.",
    ),
    "a panel route without a panel": (
        [
            ("pathway.yaml", "- key: hub_network", "- key: hub_network # here"),
            ("pathway.yaml", PANELS, ""),
        ],
        "routes[4]",
        "A panel route names no panel.",
    ),
    "a clock not set": (
        [
            ("pathway.yaml", "- clock: advice", "- clock: triage"),
            ("pathway.yaml", "timescales:", "timescales: # here"),
        ],
        "timescales",
        "The clock `advice` is set 0 times.",
    ),
    "a clock set twice": (
        [
            ("pathway.yaml", "- clock: advice", "- clock: triage"),
            ("pathway.yaml", "timescales:", "timescales: # here"),
        ],
        "timescales",
        "The clock `triage` is set 2 times.",
    ),
    "nobody to triage": (
        [
            ("partnership.yaml", "kind: coordinator", "kind: practitioner"),
            ("partnership.yaml", "roles:", "roles: # here"),
        ],
        "roles",
        "No role is of kind `coordinator`.",
    ),
    "a right that is never answered": (
        [
            ("information.yaml", "complaint]\n      step: answer", "access]\n      step: answer"),
            ("information.yaml", "  clocks:", "  clocks: # here"),
        ],
        "information.clocks",
        "No clock says by when a request of the kind `complaint` is answered.",
    ),
    "agencies that hold without a basis": (
        [
            ("information.yaml", "agencies: [voluntary, other]", "agencies: [other]"),
            ("information.yaml", "  bases:", "  bases: # here"),
        ],
        "information.bases",
        "Nothing says on what basis agencies of the kind `voluntary` hold anything.",
    ),
    "two rules of retention for one": (
        [
            ("information.yaml", "what: stepped_up", "what: helped"),
            ("information.yaml", "  retention:", "  retention: # here"),
        ],
        "information.retention",
        "2 rules say how long families are kept that are `helped`.",
    ),
    "a scale without its end": (
        [
            ("measures.yaml", "- at: 5", "- at: 4"),
            ("measures.yaml", "anchors:", "anchors: # here"),
        ],
        "scale.anchors",
        "Both ends of the scale need an anchor.",
    ),
    "an anchor off the scale": (
        [
            ("measures.yaml", "- at: 3", "- at: 9"),
            ("measures.yaml", "anchors:", "anchors: # here"),
        ],
        "scale.anchors",
        "An anchor lies off the scale.",
    ),
    "two forms for one purpose": (
        [("forms/z.yaml", "", FORM.format(key="again # here", version=1, purpose="review"))],
        "key",
        "Two forms serve `review`.",
    ),
    "one form for two purposes": (
        [("forms/z.yaml", "", FORM.format(key="review", version=2, purpose="plan # here"))],
        "purpose",
        "The form `review` serves two purposes.",
    ),
    "a version twice": (
        [("forms/z.yaml", "", FORM.format(key="review", version="1 # here", purpose="review"))],
        "version",
        "This version is there twice.",
    ),
    "a section twice": (
        [("forms/plan.yaml", "- key: if_it_gets_harder", "- key: success # here")],
        "sections[3].key",
        "`success` is there twice.",
    ),
    "a question twice": (
        [("forms/plan.yaml", "- key: child_success", "- key: family_success # here")],
        "sections[2].questions[2].key",
        "`family_success` is there twice.",
    ),
    "an option twice": (
        [("forms/plan.yaml", "- key: family_meeting", "- key: conference # here")],
        "sections[1].questions[1].options[2].key",
        "`conference` is there twice.",
    ),
    "a condition on no question": (
        [("forms/plan.yaml", "question: made_by", "question: made_for # here")],
        "sections[1].questions[2].when.question",
        "This section has no question `made_for`.",
    ),
    "a condition on another section's question": (
        [("forms/plan.yaml", "question: made_by", "question: routines # here")],
        "sections[1].questions[2].when.question",
        "This section has no question `routines`.",
    ),
    "a condition that looks forward": (
        [("forms/plan.yaml", "question: made_by", "question: why_not_network # here")],
        "sections[1].questions[2].when.question",
        "The condition looks forward to `why_not_network`.",
    ),
    "a condition on its own question": (
        [("forms/plan.yaml", "question: made_by", "question: network_people # here")],
        "sections[1].questions[2].when.question",
        "The condition looks forward to `network_people`.",
    ),
    "a condition on an answer nobody can give": (
        [
            (
                "forms/plan.yaml",
                "is_any_of: [conference, family_meeting]",
                "is_any_of: [conference, seance] # here",
            )
        ],
        "sections[1].questions[2].when.is_any_of[2]",
        "There is no answer `seance`.",
    ),
    "a condition on an answer other than yes, no and not known": (
        [("forms/review.yaml", "is_any_of: [yes]", "is_any_of: [perhaps] # here")],
        "sections[3].questions[2].when.is_any_of[1]",
        "There is no answer `perhaps`.",
    ),
    "a condition on an answer the profile's list does not have": (
        [
            (
                "forms/request.yaml",
                "          question: groups\n",
                "          question: groups\n          is_any_of: [left_handed] # here\n",
            )
        ],
        "sections[2].questions[2].when.is_any_of[1]",
        "There is no answer `left_handed`.",
    ),
    "an assessment that finds no needs": (
        [
            ("forms/assessment.yaml", "kind: needs", "kind: long_text"),
            ("forms/assessment.yaml", "key: assessment", "key: assessment # here"),
        ],
        "",
        "The assessment finds no needs.",
    ),
    "an assessment that hears no child": (
        [
            ("forms/assessment.yaml", "repeat: each_child", "repeat: once"),
            ("forms/assessment.yaml", "key: assessment", "key: assessment # here"),
        ],
        "",
        "No child is heard in the assessment.",
    ),
    # What the shape itself refuses is placed in the same way.
    "an unknown key": (
        [("levels.yaml", "    short: Universal", "    colour: green # here\n    short: Universal")],
        "levels[1].colour",
        "The profile has no such key.",
    ),
    "a missing key": (
        [
            ("levels.yaml", "    short: Universal\n", ""),
            ("levels.yaml", "- key: universal\n", "- key: universal # here\n"),
        ],
        "levels[1].short",
        "A key is missing.",
    ),
    "a number in quotes": (
        [("profile.yaml", "version: 1", 'version: "1" # here')],
        "version",
        "It must be a whole number.",
    ),
    "a text without its quotes": (
        [("profile.yaml", "name: Buckinghamshire", "name: 12 # here")],
        "name",
        "It must be text.",
    ),
    "a choice without options": (
        [
            ("forms/plan.yaml", "- key: family_success", "- key: family_success # here"),
            ("forms/plan.yaml", "# here\n        kind: long_text", "# here\n        kind: choice"),
        ],
        "sections[2].questions[1]",
        "A choice needs `options` or `options_from`.",
    ),
    "a kind of question that there is not": (
        [("forms/closing.yaml", "kind: long_text", "kind: longtext # here")],
        "sections[1].questions[1].kind",
        "This is not one of the choices.",
    ),
    "a key in two files": (
        [("levels.yaml", "", "words: {} # here\n")],
        "words",
        "It is already in buckinghamshire/profile.yaml.",
    ),
    "forms outside their folder": (
        [("profile.yaml", "", "forms: [] # here\n")],
        "forms",
        "Forms have a folder of their own.",
    ),
}
