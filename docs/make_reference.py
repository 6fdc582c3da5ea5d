"""Makes docs/cli.md and docs/schema.md from the code; with --check, fails where they have drifted."""

from __future__ import annotations

import inspect
import sys
from pathlib import Path

import click
import msgspec

from linewatch import model
from linewatch.cli.main import linewatch
from linewatch.find.registry import FINDERS
from linewatch.model import Value
from linewatch.read.registry import READERS
from linewatch.write.registry import EXPORTERS

DOCS = Path(__file__).parent


def describe_commands() -> str:
    """Return the page of all commands: each one's help as the program prints it."""
    context = click.Context(linewatch, info_name="linewatch")
    parts = ["# Commands", f"```text\n{linewatch.get_help(context)}\n```"]
    for name, command in sorted(linewatch.commands.items()):
        inner = click.Context(command, info_name=name, parent=context)
        parts.append(f"## linewatch {name}\n\n```text\n{command.get_help(inner)}\n```")
        for word, below in sorted(getattr(command, "commands", {}).items()):
            deeper = click.Context(below, info_name=word, parent=inner)
            parts.append(f"### linewatch {name} {word}\n\n```text\n{below.get_help(deeper)}\n```")
    return "\n\n".join(parts) + "\n"


def describe_schema() -> str:
    """Return the page of the nouns, the readers, the finders and the exporters."""
    parts = ["# Schema", "The nouns, with their fields. All are frozen; JSON goes both ways without loss."]
    for name in sorted(model.__all__):
        kind = getattr(model, name)
        if isinstance(kind, type) and issubclass(kind, Value) and kind is not Value:
            parts.append(f"## {name}\n\n{inspect.getdoc(kind)}\n\n{_describe_fields(kind)}")
    parts.append("## Readers\n\n" + _describe_modules(READERS))
    parts.append("## Finders\n\n" + _describe_modules(FINDERS))
    parts.append("## Exporters\n\n" + _describe_modules(EXPORTERS))
    return "\n\n".join(parts) + "\n"


def _describe_fields(kind: type[Value]) -> str:
    rows = [f"| `{field.name}` | `{_name_type(field)}` |" for field in msgspec.structs.fields(kind)]
    return "\n".join(["| field | type |", "|---|---|", *rows])


def _name_type(field: msgspec.structs.FieldInfo) -> str:
    named = (
        field.type.__name__
        if isinstance(field.type, type) and not hasattr(field.type, "__args__")
        else str(field.type)
    )
    return named.replace("typing.", "").replace("|", "\\|")


def _describe_modules(registry: object) -> str:
    assert isinstance(registry, dict)
    return "\n".join(
        f"- `{name}`: {(inspect.getdoc(one) or '').splitlines()[0]}" for name, one in registry.items()
    )


def main() -> int:
    """Write the pages, or compare them."""
    pages = {"cli.md": describe_commands(), "schema.md": describe_schema()}
    if "--check" in sys.argv:
        drifted = [name for name, text in pages.items() if (DOCS / name).read_text(encoding="utf-8") != text]
        for name in drifted:
            print(f"docs/{name} is not what the code says: run `make docs`")
        return bool(drifted)
    for name, text in pages.items():
        (DOCS / name).write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
