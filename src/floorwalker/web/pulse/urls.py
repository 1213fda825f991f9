from django.urls import path, register_converter

from floorwalker.web.pulse import views


class KeyConverter:
    """A contact's 64-bit key, which may be negative."""

    regex = r"-?\d{1,19}"

    def to_python(self, value: str) -> int:
        key = int(value)
        if not -(2**63) <= key < 2**63:
            raise ValueError(value)
        return key

    def to_url(self, value: int) -> str:
        return str(value)


register_converter(KeyConverter, "key")

urlpatterns = [
    path("pulse/", views.pulse, name="pulse"),
    path("pulse/numbers.csv", views.numbers, name="pulse-numbers"),
    path("pulse/contacts/", views.contacts, name="pulse-contacts"),
    path("pulse/contacts.csv", views.contacts_file, name="pulse-contacts-csv"),
    path("pulse/contacts/<key:key>/", views.contact, name="pulse-contact"),
]
