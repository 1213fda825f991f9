from django.urls import path

from floorwalker.web.accounts.views import access, own, people, signing_in, site, teams

urlpatterns = [
    path("sign-in/", signing_in.sign_in, name="sign-in"),
    path("sign-in/forgotten/", signing_in.forgotten, name="forgotten"),
    path("sign-out/", signing_in.sign_out, name="sign-out"),
    path("language/", signing_in.choose_language, name="choose-language"),
    path("set-up/<str:key>/", signing_in.first_account, name="first-account"),
    path("welcome/<str:uid>/<str:token>/", signing_in.choose_password, name="choose-password"),
    path("me/", own.own, name="own"),
    path("me/reading/", own.read_as, name="own-reading"),
    path("me/password/", own.change_password, name="own-password"),
    path("me/keys/", own.add_token, name="own-keys"),
    path("me/keys/<int:pk>/revoke/", own.drop_token, name="own-key-revoke"),
    path("me/everything.json", own.everything, name="own-everything"),
    path("people/", people.people, name="people"),
    path("people/add/", people.add, name="person-add"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/change/", people.change, name="person-change"),
    path("people/<int:pk>/roles/", people.add_role, name="person-role-add"),
    path("people/<int:pk>/roles/<int:role>/", people.change_role, name="person-role-change"),
    path("people/<int:pk>/names/", people.add_agent_name, name="person-name-add"),
    path("people/<int:pk>/names/remove/", people.remove_agent_name, name="person-name-remove"),
    path("people/<int:pk>/account/", people.open_account, name="person-account"),
    path("people/<int:pk>/account/link/", access.new_link, name="person-account-link"),
    path("people/<int:pk>/account/close/", access.close_account, name="person-account-close"),
    path("teams/", teams.teams, name="teams"),
    path("teams/add/", teams.add, name="team-add"),
    path("teams/<int:pk>/", teams.team, name="team"),
    path("teams/<int:pk>/rename/", teams.rename, name="team-rename"),
    path("site/", site.site, name="site"),
]
