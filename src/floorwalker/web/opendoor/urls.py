from django.urls import path

from floorwalker.web.opendoor import views

urlpatterns = [
    path("time/open-door/", views.doors, name="open-doors"),
    path("time/open-door/new/", views.new, name="open-door-new"),
    path("time/open-door/<int:pk>/", views.day, name="open-door-day"),
    path("time/open-door/<int:pk>/announce/", views.announce, name="open-door-announce"),
    path("time/open-door/<int:pk>/close/", views.close, name="open-door-close"),
    path("time/open-door/slots/<int:pk>/book/", views.book, name="open-door-book"),
    path("time/open-door/<int:pk>/wait/", views.wait, name="open-door-wait"),
    path("time/open-door/bookings/<int:pk>/cancel/", views.cancel, name="open-door-cancel"),
    path("time/open-door/bookings/<int:pk>/outcome/", views.outcome, name="open-door-outcome"),
]
