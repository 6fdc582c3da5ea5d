"""Timestamps: a real responder's whole answer is kept, checked offline, and never said to mean more than it does."""

from __future__ import annotations

import shutil
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner

from linewatch.cli.main import linewatch
from linewatch.errors import InputError
from linewatch.model import Timestamp
from linewatch.store.case import Case, make_case
from linewatch.store.check import check_case
from linewatch.store.timestamps import LARGEST, ask, keep, make_request, verify

OPENSSL = shutil.which("openssl")
pytestmark = pytest.mark.skipif(OPENSSL is None, reason="needs openssl: apt-get install openssl")

CONFIG = """
[tsa]
default_tsa = one
[one]
serial = {folder}/serial
crypto_device = builtin
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha512
signer_cert = {folder}/tsa.pem
certs = {folder}/root.pem
signer_key = {folder}/tsa.key
accuracy = secs:1
ess_cert_id_alg = sha256
[ext]
extendedKeyUsage = critical,timeStamping
basicConstraints = CA:FALSE
[req]
distinguished_name = name
x509_extensions = ca
prompt = no
[ca]
basicConstraints = critical,CA:TRUE
subjectKeyIdentifier = hash
[name]
CN = Harbour Clock Root
"""


class Authority:
    """A time-stamping authority of the test's own: openssl's responder with a root and a signer."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "serial").write_text("01")
        (folder / "tsa.cnf").write_text(CONFIG.format(folder=folder))
        new = ("-newkey", "rsa:2048", "-nodes", "-config", "tsa.cnf")
        self.run("req", "-x509", *new, "-keyout", "root.key", "-out", "root.pem", "-days", "3650")
        self.run("req", *new, "-keyout", "tsa.key", "-out", "tsa.csr", "-subj", "/CN=Harbour Clock")
        self.run("x509", "-req", "-in", "tsa.csr", "-CA", "root.pem", "-CAkey", "root.key", "-CAcreateserial", "-out", "tsa.pem",
                 "-days", "3650", "-extfile", "tsa.cnf", "-extensions", "ext")  # fmt: skip
        self.roots = (folder / "root.pem").read_bytes()

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run openssl in the authority's folder."""
        done = subprocess.run(
            [str(OPENSSL), *arguments], cwd=self.folder, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done

    def answer(self, request: bytes) -> bytes:
        """Return the whole response to a request."""
        (self.folder / "q.tsq").write_bytes(request)
        self.run("ts", "-reply", "-config", "tsa.cnf", "-queryfile", "q.tsq", "-out", "r.tsr")
        return (self.folder / "r.tsr").read_bytes()


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """Return the authority."""
    return Authority(tmp_path_factory.mktemp("tsa"))


@pytest.fixture
def case(tmp_path: Path) -> Case:
    """Return an empty case, whose log has one entry."""
    return make_case(tmp_path / "case")


@pytest.fixture
def stamped(case: Case, authority: Authority) -> Timestamp:
    """Return a timestamp of the case's head."""
    request = make_request(case.get_head())
    return keep(
        case,
        case.get_head(),
        "by hand",
        request=request,
        response=authority.answer(request),
        roots=authority.roots,
    )


def test_real_response_is_kept_whole_and_holds_offline(case: Case, stamped: Timestamp) -> None:
    """`check` tells what it proves and no more: no later than, according to whom."""
    checked = check_case(case.path)
    assert checked.faults == ()
    assert any(
        "the log up to entry 1 existed no later than" in one
        and "according to CN=Harbour Clock (up to a root" in one
        for one in checked.notices
    )
    assert not any("authentic" in one for one in checked.notices)
    assert case.find(Timestamp) == [stamped]


def test_openssl_accepts_what_is_exported_and_rejects_an_altered_one(
    case: Case, stamped: Timestamp, tmp_path: Path
) -> None:
    """A third party needs nothing of ours."""
    done = CliRunner().invoke(linewatch, ["stamp", str(case.path), "--export", str(tmp_path / "proof")])
    command = done.output.split()
    assert command[:3] == ["openssl", "ts", "-verify"]
    run = [str(OPENSSL), *command[1:]]
    assert subprocess.run(run, cwd=tmp_path / "proof", capture_output=True, check=False).returncode == 0
    data = next((tmp_path / "proof").glob("*.tsr"))
    data.write_bytes(stamped.response[:-20] + bytes([stamped.response[-20] ^ 1]) + stamped.response[-19:])
    assert subprocess.run(run, cwd=tmp_path / "proof", capture_output=True, check=False).returncode != 0


def test_every_altered_byte_of_a_response_is_noticed(stamped: Timestamp) -> None:
    """Whatever byte of the response is changed, it no longer verifies or proves the same."""
    proof = verify(stamped)
    for place in range(0, len(stamped.response), 37):
        data = bytearray(stamped.response)
        data[place] ^= 0x41
        altered = msgspec.structs.replace(stamped, response=bytes(data))
        try:
            assert verify(altered) == proof, place  # certificates beside the signer's are not signed
        except ValueError:
            continue


@pytest.mark.parametrize("field", ["head", "request", "roots"])
def test_other_head_request_or_root_does_not_hold(stamped: Timestamp, tmp_path: Path, field: str) -> None:
    """A response for another head, to another request, or of a signer that the roots do not lead to is refused."""
    other: dict[str, object] = {
        "head": msgspec.structs.replace(stamped.head, seq=2),
        "request": make_request(stamped.head),
        "roots": Authority(tmp_path).roots,
    }
    with pytest.raises(ValueError, match=r"imprint|nonce|certificates"):
        verify(msgspec.structs.replace(stamped, **{field: other[field]}))


def test_answers_that_are_no_timestamps_are_refused(case: Case, authority: Authority) -> None:
    """Nothing is written: HTML, nothing, and the answer to another request."""
    request, head = make_request(case.get_head()), case.get_head()
    for response in (
        b"<html>busy</html>",
        b"",
        authority.answer(make_request(msgspec.structs.replace(head, seq=9))),
    ):
        with pytest.raises(InputError, match="no timestamp of this log"):
            keep(case, head, "by hand", request=request, response=response, roots=None)
    assert case.get_head() == head


def test_timestamp_by_hand_is_two_steps(case: Case, authority: Authority, tmp_path: Path) -> None:
    """The request is written, carried, and its answer taken in though the log has gone on meanwhile."""
    request, response = tmp_path / "head.tsq", tmp_path / "head.tsr"
    CliRunner().invoke(linewatch, ["stamp", str(case.path), "--request", str(request)])
    with case.write("register"):
        pass
    response.write_bytes(authority.answer(request.read_bytes()))
    arguments = ["stamp", str(case.path), "--request", str(request), "--response", str(response)]
    done = CliRunner().invoke(linewatch, arguments)
    assert "the log up to entry 1 existed no later than" in done.output
    assert "its root was not checked" in done.output
    request.write_bytes(b"another")
    assert "no request that this case made" in CliRunner().invoke(linewatch, arguments).output


@pytest.mark.usefixtures("stamped")
def test_removed_entry_makes_the_timestamp_fail(case: Case) -> None:
    """A timestamp whose entry the log no longer has is a fault of its own."""
    case.log_path.write_text("")
    faults = check_case(case.path).faults
    assert any(fault.layer == "timestamp" and "no such entry" in fault.message for fault in faults)


@pytest.fixture
def address(authority: Authority, request: pytest.FixtureRequest) -> Iterator[str]:
    """Return the address on loopback where the authority answers; `/away` sends elsewhere, `/long` never ends."""
    request.getfixturevalue("socket_enabled")

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(302 if self.path == "/away" else 200)
            self.send_header("Location", "http://127.0.0.1:9/elsewhere")
            self.end_headers()
            self.wfile.write(bytes(LARGEST + 1) if self.path == "/long" else authority.answer(asked))

        def log_message(self, *_said: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_authority_is_asked_at_the_named_address_and_nowhere_else(case: Case, address: str) -> None:
    """Its answer is kept; a redirection, an endless answer, silence and an address of another kind are errors."""
    done = CliRunner().invoke(linewatch, ["stamp", str(case.path), "--authority", address])
    assert "according to CN=Harbour Clock" in done.output
    for wrong in (f"{address}/away", f"{address}/long", "http://127.0.0.1:9/", "file:///etc/hostname"):
        with pytest.raises(InputError):
            ask(wrong, make_request(case.get_head()))
