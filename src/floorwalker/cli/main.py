"""The `floorwalker` command. Each sub-command lives in its own file; it is imported only when it is called."""

import importlib
import os

import click

COMMANDS = {
    "init": "floorwalker.cli.site:init",
    "user": "floorwalker.cli.site:user",
    "demo": "floorwalker.cli.demo:demo",
    "import": "floorwalker.cli.bring_in:import_",
    "imports": "floorwalker.cli.bring_in:imports",
    "undo": "floorwalker.cli.bring_in:undo",
    "measure": "floorwalker.cli.measure:measure",
    "patterns": "floorwalker.cli.patterns:patterns",
    "staffing": "floorwalker.cli.staffing:staffing",
    "blocks": "floorwalker.cli.blocks:blocks",
    "forecast": "floorwalker.cli.forecast:forecast",
    "serve": "floorwalker.cli.serve:serve",
    "worker": "floorwalker.cli.serve:worker",
    "doctor": "floorwalker.cli.doctor:doctor",
    "backup": "floorwalker.cli.backup:backup",
    "restore": "floorwalker.cli.backup:restore",
}


class LazyGroup(click.Group):
    """Knows its commands by name, so that `floorwalker --help` does not load Django, DuckDB and Polars."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name].split(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command


@click.group(cls=LazyGroup)
@click.version_option(package_name="floorwalker")
def main() -> None:
    """Floorwalker: what a contact centre records, turned into a manager's day."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "floorwalker.web.settings")
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # small matrices: threads only wait for one another


if __name__ == "__main__":
    main()
