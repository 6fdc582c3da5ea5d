"""`linewatch serve`: the desk in the browser."""

from __future__ import annotations

import socket
from pathlib import Path

import click

from linewatch.cli.options import case_argument
from linewatch.errors import InputError


@click.command()
@case_argument
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="The address to listen at: loopback, unless you say otherwise.",
)
@click.option(
    "--port", default=0, type=click.IntRange(0, 65535), help="The port; a free one when none is given."
)
@click.option("--open", "opens", is_flag=True, help="Open the address in the browser.")
def serve(case_path: Path, host: str, port: int, opens: bool) -> None:  # noqa: FBT001 - click passes options by name
    """Serve the desk: the six rooms in the browser. Prints one line, its address with a token that works once.

    Ends with Ctrl-C. Whoever can reach the address and has the token can read and change the case, so listen on
    loopback and use a tunnel to reach another machine.

    Example: linewatch serve harbour --open
    """
    import uvicorn

    from linewatch.web.app import make_app, make_desk, make_open_address

    with listen(host, port) as listener:
        desk = make_desk(case_path, host, listener.getsockname()[1])
        app = make_app(desk)
        address = make_open_address(desk)
        click.echo(address)
        if opens:
            click.launch(address)
        config = uvicorn.Config(
            app, log_level="warning", access_log=False, server_header=False, lifespan="off"
        )
        uvicorn.Server(config).run(sockets=[listener])


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens at a host and port; raises InputError where it cannot."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Named as TCP, so that answers are sent at once: asyncio leaves the delay on for a socket that does not say what it is.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except (OSError, OverflowError) as error:
        listener.close()
        raise InputError(
            f"cannot listen at {host} port {port}: {error}", hint="leave --port out for a free one"
        ) from error
    return listener
