from django.urls import path

from floorwalker.web.calendars import views

urlpatterns = [
    path("me/calendar/", views.own, name="own-calendar"),
    path("me/calendar/address/", views.make_address, name="own-calendar-address"),
    path("me/calendar/address/revoke/", views.revoke_address, name="own-calendar-address-revoke"),
    path("me/calendar/<int:pk>/again/", views.again, name="own-calendar-again"),
    path("me/calendar/<int:pk>/put-back/", views.put_back, name="own-calendar-put-back"),
    path("me/calendar/<int:pk>/leave/", views.leave_so, name="own-calendar-leave"),
    path("me/calendar/look/", views.look, name="own-calendar-look"),
    path("calendar/<str:key>.ics", views.feed, name="calendar-feed"),
]
