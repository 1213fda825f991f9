"""A mapping says what each column of a file means; it is kept per source and used again for every later file."""

import hashlib
import json
import tomllib
from collections.abc import Iterable
from collections.abc import Mapping as Map
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from floorwalker.sources.spreadsheet.codes import unreadable
from floorwalker.sources.spreadsheet.fields import KINDS, Kind
from floorwalker.sources.spreadsheet.script import plain


class NotAMapping(ValueError):
    """What was read is no mapping; `part` is where it is wrong."""

    def __init__(self, part: str, told: str) -> None:
        super().__init__(told)
        self.part = part


@dataclass(frozen=True)
class Rule:
    """How one field is read.

    `columns` are joined by a space (a date and a clock column, say). `format` is a format of `formats.py`, "" for the
    field's natural one. `decimal` is the decimal sign. `empty` lists texts that mean nothing. `per` is "contact" when an
    interval's duration is a mean per answered contact instead of a total.
    """

    columns: tuple[str, ...]
    format: str = ""
    decimal: str = "."
    empty: tuple[str, ...] = ()
    per: str = "total"


@dataclass(frozen=True)
class Difference:
    """How a file's columns differ from those for which a mapping was made. `used` are the gone ones that it needs."""

    gone: tuple[str, ...] = ()
    new: tuple[str, ...] = ()
    used: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.gone or self.new)


@dataclass(frozen=True)
class Mapping:
    """What the columns of one source's files mean. A value: compare, keep and send it freely.

    `tz` is the zone of times that carry none ("" for the site's). `words` translates a field's words, by field, into the
    field's vocabulary or a better spelling; "" means nobody, nothing. `identity` are the columns that together identify a
    row; without them a row is known by its time, queue, agent and customer. `answers` are those to the sighting's questions.
    `open` are the codes of questions that nobody has answered yet: nothing is read before. `header` are the column names
    the mapping was made for; `header_rows` is 0 when the files have none.
    """

    kind: str
    fields: Map[str, Rule]
    tz: str = ""
    constants: Map[str, str] = field(default_factory=dict)
    words: Map[str, Map[str, str]] = field(default_factory=dict)
    identity: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    answers: Map[str, str] = field(default_factory=dict)
    header: tuple[str, ...] = ()
    header_rows: int = 1
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    open: tuple[str, ...] = ()

    @property
    def what(self) -> Kind:
        """The kind of table, with its fields."""
        return KINDS[self.kind]

    @property
    def fingerprint(self) -> str:
        """The fingerprint of the header the mapping was made for."""
        return fingerprint_of(self.header)

    @property
    def used(self) -> tuple[str, ...]:
        """Every column that a field or the identity is read from, once each."""
        named = [column for rule in self.fields.values() for column in rule.columns]
        return tuple(dict.fromkeys([*named, *self.identity]))

    def difference(self, header: Iterable[str]) -> Difference:
        """How `header` differs from the header this mapping was made for; false when it does not."""
        known, found = {plain(name): name for name in self.header}, {plain(name): name for name in header}
        used = {plain(name) for name in self.used}
        gone = [key for key in known if key not in found]
        return Difference(
            gone=tuple(known[key] for key in gone),
            new=tuple(found[key] for key in found if key not in known),
            used=tuple(known[key] for key in gone if key in used),
        )

    @property
    def digest(self) -> str:
        """Changes when the same file would be read differently."""
        return hashlib.blake2b(self.to_json().encode(), digest_size=8).hexdigest()

    def to_json(self) -> str:
        """The mapping as JSON, keys sorted."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> "Mapping":
        """The mapping that `to_json` wrote.

        Raises
        ------
        ValueError
            when it is no mapping.
        """
        return cls.of(json.loads(text))

    @classmethod
    def from_file(cls, path: Path) -> "Mapping":
        """The mapping in a TOML (or .json) file.

        Raises
        ------
        Unreadable
            `not_a_mapping`, whose fact `problem` names the part that is wrong, or the format when it is not even that.
        """
        try:
            text = path.read_text("utf-8")
            return cls.from_json(text) if path.suffix == ".json" else cls.from_toml(text)
        except FileNotFoundError:
            raise unreadable("no_such_file", file=path.name) from None
        except NotAMapping as error:
            raise unreadable("not_a_mapping", file=path.name, problem=error.part) from None
        except ValueError:
            raise unreadable("not_a_mapping", file=path.name, problem=path.suffix.lstrip(".").upper() or "TOML") from None

    @classmethod
    def from_toml(cls, text: str) -> "Mapping":
        """A mapping written by hand or by `to_toml`.

        Raises
        ------
        ValueError
            when it is no TOML or no mapping.
        """
        return cls.of(tomllib.loads(text))

    def to_toml(self) -> str:
        """The mapping as TOML, to keep and to edit."""
        plain_parts, tables = [], []
        for name, value in asdict(self).items():
            if name == "fields":
                tables += [_table(f"fields.{_key(key)}", rule) for key, rule in value.items()]
            elif name == "words":
                tables += [_table(f"words.{_key(key)}", words) for key, words in value.items()]
            elif isinstance(value, dict):
                tables += [_table(name, value)] if value else []
            elif value not in ("", ()):
                plain_parts.append(f"{name} = {_value(value)}\n")
        return "".join(plain_parts) + "".join(tables)

    @classmethod
    def of(cls, parts: Map[str, Any]) -> "Mapping":
        """A mapping from plain parts, as JSON and TOML give them.

        Raises
        ------
        NotAMapping
            naming the first part that is unknown, missing or of the wrong kind.
        """
        parts = dict(parts)
        known = set(cls.__dataclass_fields__)
        if unknown := sorted(set(parts) - known):
            raise NotAMapping(unknown[0], f"a mapping has no part {unknown[0]!r}; it has {', '.join(sorted(known))}")
        if parts.get("kind") not in KINDS:
            raise NotAMapping("kind", f"kind is {parts.get('kind')!r}; expected one of {', '.join(KINDS)}")
        kind = KINDS[parts["kind"]]
        fields = parts.get("fields", {})
        if strange := [name for name in fields if name not in kind]:
            known_fields = ", ".join(field.name for field in kind.fields)
            raise NotAMapping(f"fields.{strange[0]}", f"{kind.name} have no field {strange[0]!r}; they have {known_fields}")
        parts["fields"] = {name: _rule(name, rule) for name, rule in fields.items()}
        for name in ("identity", "left_out", "header", "open"):
            parts[name] = tuple(parts.get(name, ()))
        return cls(**parts)


def fingerprint_of(header: Iterable[str]) -> str:
    """A short name of a set of column names, whatever their order, spacing and letter case."""
    return hashlib.blake2b("\x1f".join(sorted(plain(name) for name in header)).encode(), digest_size=8).hexdigest()


def _rule(name: str, parts: Map[str, Any]) -> Rule:
    if unknown := sorted(set(parts) - set(Rule.__dataclass_fields__)):
        raise NotAMapping(f"fields.{name}.{unknown[0]}", f"field {name!r} has an unknown part {unknown[0]!r}")
    if not parts.get("columns"):
        raise NotAMapping(f"fields.{name}", f"field {name!r} has no columns")
    lists = {key: tuple(parts.get(key, ())) for key in ("columns", "empty")}
    return Rule(**(dict(parts) | lists))


def _table(name: str, parts: Map[str, Any]) -> str:
    lines = [f"{_key(key)} = {_value(value)}\n" for key, value in parts.items() if value != ()]
    return f"\n[{name}]\n" + "".join(lines)


def _key(name: str) -> str:
    return name if name.isascii() and name.replace("_", "").isalnum() else _value(name)


def _value(value: object) -> str:
    text = json.dumps(list(value) if isinstance(value, tuple) else value, ensure_ascii=False)
    return text.replace("\x7f", "\\u007f")
