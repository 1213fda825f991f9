from django.urls import path

from floorwalker.web.signatures import guide_views, views

urlpatterns = [
    path("me/signature/", views.own, name="own-signature"),
    path("people/<int:pk>/signature/", views.signature, name="person-signature"),
    path("signature/changes/<int:pk>/cause/", views.cause, name="signature-cause"),
    path("signature/causes/<int:pk>/take-back/", views.cause_back, name="signature-cause-back"),
    path("people/patterns/", views.policy, name="patterns"),
    path("signature/changes/<int:pk>/guide/", guide_views.add, name="guide-add"),
    path("guides/<int:pk>/", guide_views.guide, name="guide"),
    path("guides/<int:pk>/agreed/", guide_views.agree, name="guide-agreed"),
    path("guides/<int:pk>/answer/", guide_views.answer, name="guide-answer"),
    path("guides/<int:pk>/withdraw/", guide_views.withdraw, name="guide-withdraw"),
    path("guides/<int:pk>/take-up/", guide_views.take_up, name="guide-take-up"),
]
