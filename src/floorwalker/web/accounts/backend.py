"""Who is signed in, read with their person and site: every page needs all three."""

from django.contrib.auth.backends import ModelBackend

from floorwalker.web.accounts.models import User


class Accounts(ModelBackend):
    """Passwords as Django checks them."""

    def get_user(self, user_id: int) -> User | None:
        """The owner of a session, unless the account is closed."""
        user = User.objects.select_related("person__site").filter(pk=user_id).first()
        return user if user is not None and self.user_can_authenticate(user) else None
