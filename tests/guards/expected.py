"""The one table of expected access: every route, who may come there, and who may not.

`who` is whose page it is; `outsider` is what a practitioner who has nothing to do with the family
meets there, `family` what a member of a family meets, `summary` what a practitioner meets to whom
only the summary of the family is open: the same as an outsider, unless the table says otherwise.
`state` is how far the family's help is; `stranger` what somebody not signed in meets on a
public page: it, or where its form leads, unless the table says otherwise.
"""

from dataclasses import dataclass

OK, MOVED, NOT_ALLOWED, NO_PAGE = 200, 302, 403, 404
# Outside one's scope a thing does not exist; inside it, without the right, the answer is a
# sentence. Both keep the door shut.
SHUT = frozenset({NOT_ALLOWED, NO_PAGE})


@dataclass(frozen=True)
class Expected:
    """What a route is expected to answer."""

    who: str = "lead"
    outsider: frozenset[int] = SHUT
    family: frozenset[int] = SHUT
    summary: frozenset[int] = frozenset()
    public: bool = False
    posts: bool = False
    state: str = "helping"
    answers: int = OK
    stranger: int | None = None


ANYONE = frozenset({OK})
# What was sent is answered, or leads on.
DONE = frozenset({OK, MOVED})
# The outsider was told of involvement and asked to join; any other who sees no more was not.
TOLD = frozenset({OK, NO_PAGE})
PUBLIC = Expected(outsider=ANYONE, family=ANYONE, public=True)
WORKERS = Expected(outsider=ANYONE)
OURS = Expected()
# Everybody's own account.
OWN = Expected(outsider=ANYONE, family=ANYONE)
OWN_POSTS = Expected(posts=True, outsider=DONE, family=DONE)
POSTS = Expected(posts=True)
DRAFT = Expected(state="draft")
ALIKE = Expected(who="keeper", state="alike")
FILES = Expected(who="coordinator", state="imported")
MEMBERS = Expected(who="administrator", state="invited")
LOOKS = Expected(who="guardian", state="watched")
RIGHTS = Expected(who="guardian", state="asked about")
GATHERED = Expected(who="guardian", state="gathered")
OVER = Expected(who="guardian", state="over")
GONE = Expected(who="guardian", state="gone")
HELD = Expected(who="guardian", state="held")
FEW = Expected(who="manager", state="restricted")
STUDIED = Expected(who="guardian", state="studied")
STUDIES = Expected(who="analyst", state="studied")
COUNTED = Expected(who="commissioner", state="counted")
PANEL = Expected(who="chair", state="at_panel")

ROUTES: dict[str, Expected] = {
    "account:sign-in": Expected(
        outsider=frozenset({MOVED}), family=frozenset({MOVED}), public=True, answers=MOVED
    ),
    "account:second-step": Expected(
        outsider=frozenset({MOVED}),
        family=frozenset({MOVED}),
        public=True,
        answers=MOVED,
        stranger=MOVED,
    ),
    "account:passkey-ask": Expected(public=True, posts=True, stranger=OK),
    "account:passkey-answer": Expected(public=True, posts=True),
    # No account elsewhere opens anything where no provider is named.
    "account:go-elsewhere": Expected(
        outsider=frozenset({NO_PAGE}), public=True, posts=True, stranger=NO_PAGE
    ),
    "account:way-in": Expected(
        outsider=ANYONE, family=ANYONE, who="administrator", public=True, state="invited"
    ),
    "account:came-back": Expected(
        outsider=frozenset({NO_PAGE}), public=True, answers=NO_PAGE, stranger=NO_PAGE
    ),
    "account:yours": OWN,
    "account:role": OWN,
    "account:prove": OWN,
    "account:password": OWN,
    "account:second-step-due": Expected(
        outsider=frozenset({MOVED}), family=frozenset({MOVED}), answers=MOVED
    ),
    "account:app": OWN,
    "account:passkey": OWN,
    "account:passkey-options": OWN_POSTS,
    "account:codes": Expected(
        outsider=frozenset({MOVED}), family=frozenset({MOVED}), answers=MOVED
    ),
    "account:take-away": OWN_POSTS,
    "account:join-elsewhere": Expected(
        posts=True, outsider=frozenset({NO_PAGE}), family=frozenset({NO_PAGE})
    ),
    "account:end-sign-in": OWN_POSTS,
    "account:sign-out": Expected(public=True, posts=True),
    "account:staying": PUBLIC,
    "account:signed-out": Expected(
        outsider=frozenset({MOVED}),
        family=frozenset({MOVED}),
        public=True,
        answers=MOVED,
        stranger=OK,
    ),
    "account:practice": PUBLIC,
    "account:accessibility": PUBLIC,
    "account:about": PUBLIC,
    "home:work": Expected(outsider=ANYONE, family=frozenset({MOVED})),
    "frontdoor:advice": WORKERS,
    "frontdoor:ask": WORKERS,
    "frontdoor:conversation": Expected(state="asked"),
    "frontdoor:waiting": WORKERS,
    "frontdoor:new": WORKERS,
    "frontdoor:request": OURS,
    "frontdoor:people": DRAFT,
    "frontdoor:add_person": DRAFT,
    "frontdoor:person": DRAFT,
    "frontdoor:leave_out": Expected(state="draft", posts=True),
    "frontdoor:knows": DRAFT,
    "frontdoor:section": DRAFT,
    "frontdoor:check": DRAFT,
    "frontdoor:sent": Expected(state="sent"),
    "frontdoor:take_back": Expected(state="sent", posts=True),
    "frontdoor:take_up": Expected(who="coordinator", state="sent", posts=True),
    "frontdoor:triage": Expected(who="coordinator", state="sent"),
    "frontdoor:is_known": DRAFT,
    "known:ask": WORKERS,
    "known:join": Expected(who="outsider", outsider=TOLD, state="told"),
    "known:asked": Expected(outsider=TOLD, state="told"),
    "emergencies:list": Expected(who="guardian", state="opened"),
    "emergencies:open": Expected(who="outsider", outsider=TOLD, summary=ANYONE, state="told"),
    "emergencies:one": Expected(who="guardian", state="opened"),
    "emergencies:close": Expected(who="opener", state="opened", posts=True),
    "families:search": WORKERS,
    "families:family": Expected(summary=ANYONE),
    "families:pictures": OURS,
    "families:picture": OURS,
    "families:chronology": OURS,
    "families:chronology_file": OURS,
    "families:add_event": OURS,
    "families:mend_event": OURS,
    "families:take_off_event": OURS,
    "families:access": OURS,
    "families:looks": OURS,
    "families:careful": OURS,
    "families:add_person": OURS,
    "families:person": OURS,
    "families:edit_person": OURS,
    "families:restate": OURS,
    "families:leave": OURS,
    "families:known": OURS,
    "families:add_route": OURS,
    "families:mend_route": OURS,
    "families:add_name": OURS,
    "families:mend_name": OURS,
    "families:take_off_name": OURS,
    "families:number": OURS,
    "families:take_off_number": OURS,
    "families:add_place": OURS,
    "families:mend_place": OURS,
    "families:move": OURS,
    "families:end_place": OURS,
    "families:keep_place": OURS,
    "families:lift": OURS,
    "families:add_relationship": OURS,
    "families:mend_relationship": OURS,
    "families:take_off_relationship": OURS,
    "families:add_responsibility": OURS,
    "families:mend_responsibility": OURS,
    "families:take_off_responsibility": OURS,
    "families:add_connection": OURS,
    "families:mend_connection": OURS,
    "families:take_off_connection": OURS,
    "families:harm": OURS,
    "families:harm_referral": Expected(state="stepped_up"),
    "families:come_back": Expected(state="closed"),
    "families:team": OURS,
    "families:add_worker": OURS,
    "families:add_own": OURS,
    "families:leave_team": OURS,
    "families:lead": OURS,
    "families:step": OURS,
    "families:give_to_agency": OURS,
    "families:offer_more": Expected(state="single_agency"),
    "families:step_down": Expected(state="stepped_up"),
    "agreement:record": Expected(state="offered"),
    "agreement:blank": OURS,
    "agreement:blank_for": OURS,
    "agreement:blank_paper": OURS,
    "agreement:blank_paper_for": OURS,
    "agreement:paper": OURS,
    "agreement:decide": OURS,
    "agreement:decision": OURS,
    "agreement:refuse": Expected(state="offered"),
    "agreement:refused": Expected(state="declined"),
    "agreement:form": OURS,
    "agreement:withdraw": OURS,
    "agreement:attach": OURS,
    "agreement:evidence": OURS,
    "agreement:aside": OURS,
    "assessments:begin": Expected(state="agreed", posts=True),
    "assessments:assessment": Expected(state="assessing"),
    "assessments:section": Expected(state="assessing"),
    "assessments:check": Expected(state="assessing"),
    "assessments:finish": Expected(state="assessing", posts=True),
    "assessments:reopen": OURS,
    "assessments:view": OURS,
    "assessments:read": OURS,
    "assessments:copy": OURS,
    "assessments:beside": Expected(state="assessed again"),
    "plans:plan": OURS,
    "plans:begin": Expected(state="planning", posts=True),
    "plans:agree": OURS,
    "plans:section": OURS,
    "plans:outcome": OURS,
    "plans:drop_outcome": OURS,
    "plans:action": OURS,
    "plans:done": OURS,
    "plans:undo": POSTS,
    "plans:drop_action": OURS,
    "plans:service": Expected(state="served"),
    "plans:need": OURS,
    "plans:print": OURS,
    "plans:copy": OURS,
    "plans:meetings": OURS,
    "plans:call": OURS,
    "plans:meeting": OURS,
    "plans:record_meeting": Expected(state="called"),
    "plans:call_off": Expected(state="called"),
    "plans:calendar": OURS,
    "plans:invitation": OURS,
    "plans:review": OURS,
    "plans:read_review": Expected(state="reviewed"),
    "plans:distance": OURS,
    "plans:picture": Expected(state="reviewed"),
    "plans:scores": OURS,
    "plans:close": OURS,
    "plans:look_back": Expected(state="closed"),
    "joining:worklist": ALIKE,
    "joining:pair": ALIKE,
    "joining:two_people": ALIKE,
    "joining:not_sure": ALIKE,
    "joining:look_again": Expected(who="keeper", state="apart"),
    "joining:joinings": Expected(who="keeper", state="joined"),
    "joining:joining": Expected(who="keeper", state="joined"),
    "joining:undo": Expected(who="keeper", state="joined"),
    "joining:notice": OURS,
    "panels:list": WORKERS,
    "panels:panel": PANEL,
    "panels:plan": PANEL,
    "panels:sitting": PANEL,
    "panels:attendance": PANEL,
    "panels:item": PANEL,
    "panels:ask": PANEL,
    "panels:bring": PANEL,
    "panels:put_off": PANEL,
    "panels:decide": PANEL,
    "panels:done": PANEL,
    "imports:list": FILES,
    "imports:send": FILES,
    "imports:file": FILES,
    "imports:columns": FILES,
    "imports:rows": FILES,
    "imports:decide": FILES,
    "imports:to_mend": FILES,
    "imports:send_again": FILES,
    "imports:load": FILES,
    "imports:go_on": Expected(who="coordinator", state="imported", posts=True),
    "imports:stop": Expected(who="coordinator", state="imported", posts=True),
    "imports:give_up": Expected(who="coordinator", state="imported", posts=True),
    "imports:undo": FILES,
    "members:list": MEMBERS,
    "members:invite": MEMBERS,
    "members:withdraw": Expected(who="administrator", state="invited", posts=True),
    "members:way_in": MEMBERS,
    "members:sign_out": Expected(who="administrator", state="invited", posts=True),
    "members:end": MEMBERS,
    "restricted:list": Expected(who="manager", state="restricted", outsider=ANYONE),
    "restricted:restrict": Expected(who="coordinator"),
    "restricted:one": FEW,
    "restricted:lift": FEW,
    "restricted:take_off": Expected(who="manager", state="restricted", posts=True),
    "restricted:notice": FEW,
    "declared:yours": WORKERS,
    "declared:family": Expected(summary=ANYONE),
    "declared:end": Expected(who="manager", state="declared"),
    "looks:report": LOOKS,
    "looks:file": LOOKS,
    "looks:found": LOOKS,
    "looks:member": LOOKS,
    "information:list": RIGHTS,
    "information:new": WORKERS,
    "information:one": RIGHTS,
    "information:who": RIGHTS,
    "information:take_up": Expected(who="guardian", state="asked about", posts=True),
    "information:acknowledge": RIGHTS,
    "information:prove": RIGHTS,
    "information:ask_who": RIGHTS,
    "information:ask_what": RIGHTS,
    "information:hear": RIGHTS,
    "information:extend": RIGHTS,
    "information:answer": RIGHTS,
    "information:refuse": RIGHTS,
    "information:take_back": RIGHTS,
    "information:harm": RIGHTS,
    "information:gathered": GATHERED,
    "information:make": Expected(who="guardian", state="gathered", posts=True),
    "information:passage": GATHERED,
    "information:copy": GATHERED,
    "information:disagree": GATHERED,
    "information:receiver": GATHERED,
    "information:document": GATHERED,
    "information:file": GATHERED,
    "information:paper": GATHERED,
    "retention:list": OVER,
    "retention:review": OVER,
    "retention:hold_review": OVER,
    "retention:propose": OVER,
    "retention:agree": OVER,
    "retention:turn_down": OVER,
    "retention:keep": OVER,
    "retention:certificates": GONE,
    "retention:certificate": GONE,
    "retention:paper": GONE,
    "retention:holds": HELD,
    "retention:hold_new": HELD,
    "retention:hold": HELD,
    "retention:hold_request": HELD,
    "studies:list": STUDIED,
    "studies:new": STUDIES,
    "studies:one": STUDIED,
    "studies:tables": Expected(who="analyst", state="studied", posts=True),
    "studies:agree": STUDIED,
    "studies:refuse": STUDIED,
    "studies:take_back": STUDIES,
    "studies:end": STUDIES,
    "figures:show": COUNTED,
    "figures:file": COUNTED,
    "installation:show": Expected(who="system", state="installed"),
    "area:about": PUBLIC,
    "area:levels": PUBLIC,
    "area:partners": PUBLIC,
    "area:figures": PUBLIC,
    "yourfamily:home": Expected(
        who="parent", outsider=SHUT, family=frozenset({MOVED}), answers=MOVED
    ),
    "yourfamily:help": Expected(who="parent", family=ANYONE),
    "yourfamily:agreement": Expected(who="parent", family=ANYONE),
    "yourfamily:done": Expected(who="parent", posts=True, family=frozenset({MOVED})),
    "yourfamily:not_done": Expected(who="parent", posts=True, family=frozenset({MOVED})),
}
