"""Linewatch watches an organisation's line and knows when it turns."""

from __future__ import annotations

from importlib.metadata import version

__all__ = ["__version__"]

__version__ = version("linewatch")
