"""Lets `python -m linewatch` start the command line."""

from __future__ import annotations

from linewatch.cli.main import main

if __name__ == "__main__":
    main()
