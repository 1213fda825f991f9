"""Who may open what: one row for every address and every operation of the API, one column for every part in the cast.

ok    the door opens
-     refused: 403
?     as if there were nothing: 404
in    sent to sign in
401   the API's own way of saying so

The subject of a page about a person is Omid: the agent himself, Samira his colleague, Laleh who leads his team, Petra who leads
another, Hanna who coaches his team. Omid answered the contact. Laleh wrote the follow-up, about Omid. The subject of an
import, a key or a role exists and belongs to the site. Laleh placed time in her own calendar, and can subscribe to it.
"""

ACTORS = ("stranger", "agent", "colleague", "lead", "other lead", "coach", "planner", "manager", "executive", "admin")

TABLE = """
GET  today                   in   ok  ok  ok  ok  ok  ok  ok  ok  ok
GET  pulse                   in   ok  ok  ok  ok  ok  ok  ok  ok  ok
GET  pulse-numbers           in   ok  ok  ok  ok  ok  ok  ok  ok  ok
GET  pulse-contacts          in   ok  ok  ok  ok  ok  ok  ok  ok  ok
GET  pulse-contacts-csv      in   ok  ok  ok  ok  ok  ok  ok  ok  ok
GET  pulse-contact           in   ok  ?   ok  ok  ok  ok  ok  ok  ok

GET  changes                 in   -   -   ok  ok  ok  ok  ok  ok  ok
GET  changes-one             in   -   -   ok  ok  ok  ok  ok  ok  ok
POST change-story            in   -   -   ok  ok  -   ok  ok  -   ok
POST change-ruling           in   -   -   ok  ok  -   ok  ok  -   ok
GET  change-watch-list       in   -   -   ok  ok  ok  ok  ok  ok  ok
POST change-watch            in   -   -   ok  ok  -   ok  ok  -   ok
GET  change-digest           in   -   -   ok  ok  ok  ok  ok  ok  ok
POST change-digest           in   -   -   ok  ok  ok  ok  ok  ok  ok
POST change-budget           in   -   -   -   -   -   -   ok  -   ok

GET  own-calendar            in   ok  ok  ok  ok  ok  ok  ok  ok  ok
POST own-calendar            in   ok  ok  ok  ok  ok  ok  ok  ok  ok
POST own-calendar-address    in   ok  ok  ok  ok  ok  ok  ok  ok  ok
POST own-calendar-address-revoke  in  ok  ok  ok  ok  ok  ok  ok  ok  ok
POST own-calendar-again      in   ?   ?   ok  ?   ?   ?   ?   ?   ?
POST own-calendar-put-back   in   ?   ?   ok  ?   ?   ?   ?   ?   ?
POST own-calendar-leave      in   ?   ?   ok  ?   ?   ?   ?   ?   ?
POST own-calendar-look       in   ok  ok  ok  ok  ok  ok  ok  ok  ok
GET  calendar-feed           ok   ok  ok  ok  ok  ok  ok  ok  ok  ok

GET  blocks                  in   -   -   ok  ok  -   -   ok  -   -
POST blocks                  in   -   -   ok  ok  -   -   ok  -   -
GET  blocks-note             in   -   -   ok  ok  -   -   ok  -   -
POST blocks-note             in   -   -   ok  ok  -   -   ok  -   -
GET  block                   in   -   -   ok  ?   -   -   ?   -   -
POST block                   in   -   -   ok  ?   -   -   ?   -   -
POST block-skip              in   -   -   ok  ?   -   -   ?   -   -
POST block-cancel            in   -   -   ok  ?   -   -   ?   -   -
POST block-again             in   -   -   ok  ?   -   -   ?   -   -
GET  floor-walk              in   -   -   ok  ok  ok  -   ok  -   -
GET  floor-worker            ok   ok  ok  ok  ok  ok  ok  ok  ok  ok
POST visit                   in   -   -   ok  ok  ok  -   ok  -   -
POST visit-words             in   -   -   ok  ok  ok  -   ok  -   -
POST visit-undo              in   -   -   ok  ok  ok  -   ok  -   -
GET  interruptions           in   -   -   ok  ok  -   -   ok  -   -
POST interruptions           in   -   -   ok  ok  -   -   ok  -   -
POST interruption-undo       in   -   -   ok  ok  -   -   ok  -   -

GET  follow-ups              in   ok  ok  ok  ok  ok  ok  ok  ok  ok
GET  follow-up-add           in   ok  ok  ok  ok  ok  ok  ok  ok  ok
POST follow-up-add           in   ok  ok  ok  ok  ok  ok  ok  ok  ok
GET  follow-up               in   ok  ?   ok  ?   ?   ?   ok  ?   ?
POST follow-up-close         in   -   ?   ok  ?   ?   ?   -   ?   ?
POST follow-up-open-again    in   -   ?   ok  ?   ?   ?   -   ?   ?
POST follow-up-hand-on       in   -   ?   ok  ?   ?   ?   -   ?   ?
GET  events                  in   -   -   ok  ok  ok  ok  ok  ok  ok
GET  event-add               in   -   -   ok  ok  -   ok  ok  -   ok
POST event-add               in   -   -   ok  ok  -   ok  ok  -   ok
GET  event-change            in   -   -   ok  ok  -   ok  ok  -   ok
POST event-change            in   -   -   ok  ok  -   ok  ok  -   ok
POST event-remove            in   -   -   ok  ok  -   ok  ok  -   ok
POST event-undo              in   -   -   ok  ok  -   ok  ok  -   ok
POST event-holiday           in   -   -   ok  ok  -   ok  ok  -   ok

GET  bring-in                in   -   -   -   -   -   ok  ok  -   ok
POST bring-in                in   -   -   -   -   -   ok  ok  -   ok
POST bring-in-sample         in   -   -   -   -   -   -   ok  -   ok
GET  bring-in-import         in   -   -   -   -   -   ok  ok  -   ok
POST bring-in-meaning        in   -   -   -   -   -   ok  ok  -   ok
POST bring-in-start          in   -   -   -   -   -   ok  ok  -   ok
POST bring-in-again          in   -   -   -   -   -   ok  ok  -   ok
GET  bring-in-undo           in   -   -   -   -   -   ok  ok  -   ok
POST bring-in-undo           in   -   -   -   -   -   ok  ok  -   ok
POST bring-in-throw-away     in   -   -   -   -   -   ok  ok  -   ok
GET  bring-in-refused        in   -   -   -   -   -   ok  ok  -   ok

GET  forecast                in   -   -   ok  ok  -   ok  ok  ok  ok
POST forecast-keep           in   -   -   -   -   -   ok  ok  -   -
POST forecast-drop           in   -   -   -   -   -   ok  ok  -   -
POST forecast-again          in   -   -   -   -   -   ok  ok  -   -
GET  needed                  in   -   -   ok  ok  -   ok  ok  -   ok
GET  queue-plans             in   -   -   ok  ok  -   ok  ok  -   ok
GET  queue-plan              in   -   -   -   -   -   ?   ?   -   -
POST queue-plan              in   -   -   -   -   -   ?   ?   -   -
GET  room                    in   -   -   ok  ok  -   ok  ok  -   ok
GET  certificate             in   -   -   ok  ok  -   ok  ok  -   ok
POST certificate-promise     in   -   -   -   -   -   ok  ok  -   -
POST certificate-take-back   in   -   -   -   -   -   ok  ok  -   -
GET  promises                in   -   -   ok  ok  -   ok  ok  -   ok
GET  roster                  in   -   -   ok  ok  -   ok  ok  -   -
POST roster-file             in   -   -   -   -   -   ok  ok  -   -
POST roster-pattern          in   -   -   -   -   -   ok  ok  -   -
GET  roster-report           in   -   -   -   -   -   ok  ok  -   -
POST roster-undo             in   -   -   -   -   -   ok  ok  -   -

GET  open-doors              in   ok  ok  ok  ok  ok  ok  ok  ok  ok
GET  open-door-new           in   -   -   -   -   -   -   ok  ok  -
POST open-door-new           in   -   -   -   -   -   -   ok  ok  -
GET  open-door-day           in   ok  ok  ok  ok  ok  ok  ok  ok  ok
POST open-door-announce      in   -   -   -   -   -   -   ok  -   -
POST open-door-close         in   -   -   -   -   -   -   ok  -   -
POST open-door-book          in   ok  ok  ok  ok  ok  ok  ok  ok  ok
POST open-door-wait          in   ok  ok  ok  ok  ok  ok  ok  ok  ok
POST open-door-cancel        in   ok  ?   ?   ?   ?   ?   ok  ?   ?
POST open-door-outcome       in   -   -   -   -   -   -   ok  ?   -

GET  sign-in                 ok   ok  ok  ok  ok  ok  ok  ok  ok  ok
GET  sign-in-code            ok   ok  ok  ok  ok  ok  ok  ok  ok  ok
GET  sign-in-company         ?    ?   ?   ?   ?   ?   ?   ?   ?   ?
GET  sign-in-company-back    ?    ?   ?   ?   ?   ?   ?   ?   ?   ?
GET  sign-out-company        ?    ?   ?   ?   ?   ?   ?   ?   ?   ?
POST sign-out                ok   ok  ok  ok  ok  ok  ok  ok  ok  ok
POST choose-language         ok   ok  ok  ok  ok  ok  ok  ok  ok  ok
GET  forgotten               ok   ok  ok  ok  ok  ok  ok  ok  ok  ok
GET  first-account           ?    ?   ?   ?   ?   ?   ?   ?   ?   ?
GET  choose-password         ok   ok  ok  ok  ok  ok  ok  ok  ok  ok

GET  own                     in   ok  ok  ok  ok  ok  ok  ok  ok  ok
GET  own-everything          in   ok  ok  ok  ok  ok  ok  ok  ok  ok
POST own-reading             in   ok  ok  ok  ok  ok  ok  ok  ok  ok
POST own-password            in   ok  ok  ok  ok  ok  ok  ok  ok  ok
GET  own-factor              in   ok  ok  ok  ok  ok  ok  ok  ok  ok
POST own-factor-on           in   ok  ok  ok  ok  ok  ok  ok  ok  ok
POST own-factor-change       in   ok  ok  ok  ok  ok  ok  ok  ok  ok
POST own-keys                in   ok  ok  ok  ok  ok  ok  ok  ok  ok
POST own-key-revoke          in   ok  ?   ?   ?   ?   ?   ?   ?   ?

GET  people                  in   -   -   ok  ok  ok  -   ok  -   ok
GET  person                  in   ok  ?   ok  ?   ok  ?   ok  ?   ok
GET  person-add              in   -   -   -   -   -   -   ok  -   ok
POST person-add              in   -   -   -   -   -   -   ok  -   ok
GET  person-change           in   -   -   -   -   -   -   ok  -   ok
POST person-change           in   -   -   -   -   -   -   ok  -   ok
POST person-role-add         in   -   -   -   -   -   -   ok  -   ok
GET  person-role-change      in   -   -   -   -   -   -   ok  -   ok
POST person-role-change      in   -   -   -   -   -   -   ok  -   ok
POST person-name-add         in   -   -   -   -   -   -   ok  -   ok
POST person-name-remove      in   -   -   -   -   -   -   ok  -   ok
POST person-account          in   -   -   -   -   -   -   ok  -   ok
POST person-account-link     in   -   -   -   -   -   -   ok  -   ok
POST person-account-factor   in   -   -   -   -   -   -   ok  -   ok
POST person-account-close    in   -   -   -   -   -   -   ok  -   ok
GET  teams                   in   -   -   ok  ok  ok  -   ok  -   ok
GET  team                    in   -   -   ok  ?   ok  -   ok  -   ok
GET  team-add                in   -   -   -   -   -   -   ok  -   ok
POST team-add                in   -   -   -   -   -   -   ok  -   ok
GET  team-rename             in   -   -   -   -   -   -   ok  -   ok
POST team-rename             in   -   -   -   -   -   -   ok  -   ok
GET  site                    in   -   -   -   -   -   -   ok  -   ok
POST site                    in   -   -   -   -   -   -   ok  -   ok

GET  own-signature           in   ok  ok  ?   ?   ?   ?   ?   ?   ?
GET  person-signature        in   ok  ?   ok  ?   ?   ?   ok  ?   ?
POST signature-cause         in   ok  ?   ok  ?   ?   ?   ok  ?   ?
POST signature-cause-back    in   ok  ?   ?   ?   ?   ?   ?   ?   ?
GET  guide-add               in   ?   ?   ok  ?   ?   ?   ok  ?   ?
POST guide-add               in   ?   ?   ok  ?   ?   ?   ok  ?   ?
GET  guide                   in   ok  ?   ok  ?   ?   ?   ok  ?   ?
POST guide-agreed            in   -   ?   ok  ?   ?   ?   ok  ?   ?
POST guide-answer            in   ok  ?   -   ?   ?   ?   -   ?   ?
POST guide-withdraw          in   -   ?   ok  ?   ?   ?   -   ?   ?
POST guide-take-up           in   ?   ?   ok  ?   ?   ?   ?   ?   ?
GET  patterns                in   -   -   -   -   -   -   ok  -   -
POST patterns                in   -   -   -   -   -   -   ok  -   -

GET  journal                 in   -   -   -   -   -   -   ok  -   ok
GET  journal-export          in   -   -   -   -   -   -   ok  -   ok

GET  api-page                in   ok  ok  ok  ok  ok  ok  ok  ok  ok
GET  api:openapi-json        ok   ok  ok  ok  ok  ok  ok  ok  ok  ok
GET  api:me                  401  ok  ok  ok  ok  ok  ok  ok  ok  ok
GET  api:measures            401  ok  ok  ok  ok  ok  ok  ok  ok  ok
GET  api:answers             401  ok  ok  ok  ok  ok  ok  ok  ok  ok
GET  api:contacts            401  ok  ok  ok  ok  ok  ok  ok  ok  ok
GET  api:imports             401  -   -   -   -   -   ok  ok  -   ok
GET  api:one_import          401  -   -   -   -   -   ok  ok  -   ok
GET  api:forecast            401  -   -   ok  ok  -   ok  ok  ok  ok
GET  api:needed              401  -   -   ?   ?   -   ?   ?   -   ?
GET  api:room                401  -   -   ok  ok  -   ok  ok  -   ok
GET  api:certificates        401  -   -   ok  ok  -   ok  ok  -   ok
GET  api:people              401  -   -   ok  ok  ok  -   ok  -   ok
GET  api:calendar            401  ok  ok  ok  ok  ok  ok  ok  ok  ok
GET  api:follow_ups          401  ok  ok  ok  ok  ok  ok  ok  ok  ok
GET  api:open_doors          401  ok  ok  ok  ok  ok  ok  ok  ok  ok
POST api:book_slot           401  ok  ok  ok  ok  ok  ok  ok  ok  ok
POST api:cancel_booking      401  ok  ?   ?   ?   ?   ?   ok  ?   ?
GET  api:own_signature       401  ok  ok  ?   ?   ?   ?   ?   ?   ?
GET  api:person_signature    401  ok  ?   ok  ?   ?   ?   ok  ?   ?
GET  api:changes             401  -   -   ok  ok  ok  ok  ok  ok  ok
GET  api:one_change          401  -   -   ok  ok  ok  ok  ok  ok  ok
GET  api:stories             401  -   -   ok  ok  ok  ok  ok  ok  ok
GET  api:watch_list          401  -   -   ok  ok  ok  ok  ok  ok  ok
GET  api:journal             401  -   -   -   -   -   -   ok  -   ok
"""

SHADOWED = {"api:api-root"}
"""Addresses that another one in front of them answers."""

Row = tuple[str, str, dict[str, str]]


def rows() -> list[Row]:
    """Method, name, and what each part is answered."""
    lines = [line.split() for line in TABLE.strip().splitlines() if line.strip()]
    return [(method, name, dict(zip(ACTORS, answers, strict=True))) for method, name, *answers in lines]
