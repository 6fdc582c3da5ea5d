"""Which language models are asked, where and how: `machine.yml` in the case. Without the file none is."""

from __future__ import annotations

from ipaddress import ip_address
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import msgspec
import yaml

from linewatch.errors import InputError
from linewatch.model import Value, get_id
from linewatch.resources import load_table

FILE = "machine.yml"
EXAMPLE = "address: http://127.0.0.1:11434/v1 and models: [NAME]"
Words = Annotated[str, msgspec.Meta(pattern=r"\S", max_length=200)]


class ModelConfig(Value, frozen=True, kw_only=True):
    """What is frozen for a run of language models."""

    models: Annotated[tuple[Words, ...], msgspec.Meta(min_length=1, max_length=10)]
    address: Words = "http://127.0.0.1:11434/v1"
    """Of an OpenAI-compatible service, without `/chat/completions`."""
    prompts: tuple[str, ...] = ()
    """Names of shipped paraphrases; all of them where none is named."""
    temperature: float = 0.0
    seed: int = 0
    most: Annotated[int, msgspec.Meta(ge=1, le=100_000)] = 2000
    """Tokens of an answer."""
    timeout: Annotated[float, msgspec.Meta(gt=0, le=3600)] = 120.0

    @property
    def wordings(self) -> dict[str, str]:
        """Return the paraphrases asked, by name, each with the shape of the answer."""
        table = load_table("prompts")
        names = self.prompts or tuple(table["prompts"])
        return {name: f"{table['prompts'][name]} {table['shape']}" for name in names}

    @property
    def settings(self) -> dict[str, str]:
        """Return all that decides an answer, as the record of a run has it."""
        own = msgspec.to_builtins(self)
        return {name: str(value) for name, value in own.items()} | {"wordings": get_id(self.wordings)}

    @property
    def digest(self) -> str:
        """Return the digits of this configuration."""
        return get_id(sorted(self.settings.items()))


def read_config(folder: Path) -> ModelConfig:
    """Return the case's configuration; raises InputError where there is none or it is wrong."""
    path = folder / FILE
    try:
        config = msgspec.convert(yaml.safe_load(path.read_text(encoding="utf-8-sig")), ModelConfig)
    except FileNotFoundError as error:
        raise InputError("no language model is named", hint=f"write {EXAMPLE} into {path}") from error
    except (OSError, UnicodeDecodeError, yaml.YAMLError, RecursionError, msgspec.ValidationError) as error:
        raise InputError(f"{FILE}: {' '.join(str(error).split())}", hint=f"it has {EXAMPLE}") from error
    if unknown := [name for name in config.prompts if name not in load_table("prompts")["prompts"]]:
        raise InputError(f"{FILE}: no prompt is called {unknown[0]}", hint="leave prompts out to ask all")
    check_address(config.address)
    return config


def check_address(address: str) -> None:
    """Raise InputError for what is no address of a service, or carries a name and password."""
    try:
        parts = urlsplit(address)
        sound = parts.scheme in {"http", "https"} and parts.hostname and not parts.username
        _ = parts.port
    except ValueError:
        sound = False
    if not sound or parts.query or parts.fragment:
        raise InputError(f"{address} is no address of a service", hint="such as http://127.0.0.1:11434/v1")


def is_loopback(address: str) -> bool:
    """Tell whether an address cannot leave this machine.

    >>> is_loopback("http://127.0.0.1:8/v1"), is_loopback("http://[::1]/"), is_loopback("http://127.0.0.1.example/")
    (True, True, False)
    """
    host = urlsplit(address).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
