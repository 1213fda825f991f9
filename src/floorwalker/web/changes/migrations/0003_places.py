from django.db import migrations, models

SERIES = ("Finding", "Decision", "Story", "Ruling", "Watch")


def to_places(apps, _schema):
    """A queue or a team becomes one value of its dimension; nothing is lost and every row keeps its number."""
    for name in SERIES:
        rows = apps.get_model("changes", name).objects
        rows.exclude(queue="").update(dimension="queue", value=models.F("queue"))
        rows.filter(queue="").exclude(team="").update(dimension="team", value=models.F("team"))


def from_places(apps, _schema):
    """What is about a channel or a reason for contact has no place in the older form."""
    for name in SERIES:
        rows = apps.get_model("changes", name).objects
        rows.exclude(dimension__in=("", "queue", "team")).delete()
        rows.filter(dimension="queue").update(queue=models.F("value"))
        rows.filter(dimension="team").update(team=models.F("value"))


def _fields(name):
    return [
        migrations.AddField(name, "dimension", models.CharField(blank=True, max_length=10, default=""), preserve_default=False),
        migrations.AddField(name, "value", models.CharField(blank=True, max_length=200, default=""), preserve_default=False),
    ]


class Migration(migrations.Migration):
    dependencies = [("changes", "0002_series_rulings_and_watches")]

    operations = [
        migrations.AddField("round", "reasons", models.PositiveIntegerField(default=0)),
        migrations.AddField("round", "reasons_known", models.PositiveIntegerField(default=0)),
        *(each for name in SERIES for each in _fields(name.lower())),
        migrations.RemoveConstraint("story", "changes_one_story"),
        migrations.RunPython(to_places, from_places),
        migrations.AlterModelOptions("finding", {"ordering": ["-onset", "dimension", "value", "measure", "pk"]}),
        *(migrations.RemoveField(name.lower(), field) for name in SERIES for field in ("queue", "team")),
        migrations.AddConstraint(
            "story",
            models.UniqueConstraint(fields=("site", "measure", "dimension", "value", "onset"), name="changes_one_story"),
        ),
    ]
