"""The note to one's boss: drafted with the numbers, changed at will, sent or opened in one's own mail program."""

from datetime import UTC, datetime
from smtplib import SMTPException
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.contrib import messages
from django.core.mail import EmailMessage
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from floorwalker.web.accounts.actions import NotDone
from floorwalker.web.accounts.doors import open_to
from floorwalker.web.accounts.places import LANGUAGES
from floorwalker.web.accounts.rules import Viewer
from floorwalker.web.journal.actions import write
from floorwalker.web.pulse.queries import desk_of
from floorwalker.web.routines import wording
from floorwalker.web.routines.forms import NoteForm, language_of
from floorwalker.web.routines.models import Note
from floorwalker.web.routines.note_text import draft
from floorwalker.web.routines.rules import may_keep_blocks

REFUSED = 422


@open_to(may_keep_blocks)
def note(request: Any) -> HttpResponse:
    """Why these hours are kept free, ready to send."""
    viewer, reader, now = request.viewer, request.reader, datetime.now(UTC)
    last = Note.objects.filter(by=viewer.user).first()
    asked = request.POST.get("language") or request.GET.get("language") or (last.language if last else "")
    language = language_of(asked, reader.language)
    if request.method == "POST":
        form = NoteForm(request.POST)
        if form.is_valid() and _sent(form, viewer, now):
            messages.success(request, gettext("Sent to %(to)s.") % {"to": form.cleaned_data["to"]})
            return redirect("blocks-note")
    else:
        begun = draft(desk_of(viewer, reader), now, language)
        start = {"to": last.to if last else "", "subject": begun.subject, "text": begun.text, "language": language}
        form = NoteForm(initial=start)
    facts = {
        "form": form,
        "of_boss": [(code, name, code == language) for code, name in LANGUAGES],
        "mailto": _mailto(form),
        "sends_mail": settings.SENDS_MAIL,
        "last": last,
    }
    return render(request, "routines/note.html", facts, status=REFUSED if form.errors else 200)


def _sent(form: NoteForm, viewer: Viewer, now: datetime) -> bool:
    """Sends the note as typed; what hinders it is told beside the form, and the text stays."""
    given = form.cleaned_data
    try:
        if not settings.SENDS_MAIL:
            raise NotDone("note.no_mail")
        subject = " ".join(given["subject"].split())
        letter = EmailMessage(subject, given["text"], None, [given["to"]], reply_to=[viewer.user.email])
        try:
            letter.send()
        except (SMTPException, OSError) as error:
            raise NotDone("note.not_sent") from error
    except NotDone as reason:
        form.add_error(None, wording.problem(reason))
        return False
    facts = {"to": given["to"], "language": given["language"], "text": given["text"], "sent_at": now}
    Note.objects.create(site=viewer.site, by=viewer.user, **facts)
    write(viewer.user, "note.sent", given["to"])
    return True


def _mailto(form: NoteForm) -> str:
    """Opens the note in one's own mail program, as it stands when the page is shown."""
    value = {name: str(form[name].value() or "") for name in ("to", "subject", "text")}
    return f"mailto:{quote(value['to'], safe='@')}?subject={quote(value['subject'])}&body={quote(value['text'])}"
