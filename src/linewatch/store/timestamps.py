"""Timestamps of the log's head by an authority (RFC 3161): asked for, kept whole, checked without a network.

A timestamp says that the bytes it was shown existed no later than its time, according to that authority; never more.
The head covers every entry of the log before it, and through them every row and every sealed file.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from cryptography import x509
from rfc3161_client import (
    HashAlgorithm,
    TimestampRequestBuilder,
    TimeStampResponse,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

from linewatch.errors import CaseError, InputError
from linewatch.model import Head, LogEntry, Timestamp, get_id, to_json
from linewatch.store.case import Case

TIMEOUT = 30
"""Seconds an authority has to answer."""
LARGEST = 1 << 20
"""Bytes of a response that are read; a real one has a few thousand."""
GRANTED = 0
CERTIFICATES, LONG = 0xA0, 0x80
"""The tag of the certificates in a signed token (RFC 5652, 5.1), and where a length in DER begins to need more bytes."""


class Proof(NamedTuple):
    """What a timestamp proves, once it holds: when, according to whom, and whether up to a root that the analyst trusts."""

    time: datetime
    signer: str
    is_rooted: bool


def make_request(head: Head) -> bytes:
    """Return a request for a timestamp of this head, with a nonce, that asks for the signer's certificate."""
    return (
        TimestampRequestBuilder(to_json(head), HashAlgorithm.SHA256, nonce=True, cert_req=True)
        .build()
        .as_bytes()
    )


def ask(address: str, request: bytes) -> bytes:
    """Return what the authority at this address answers; nothing else is ever asked. Raises InputError."""
    if urlsplit(address).scheme not in {"http", "https"}:
        raise InputError(
            f"{address} is no address of an authority", hint="give one that begins with http:// or https://"
        )
    asking = Request(address, data=request, headers={"Content-Type": "application/timestamp-query"})  # noqa: S310 - http or https, named by the user
    try:
        with build_opener(_StayHere).open(asking, timeout=TIMEOUT) as answer:
            response: bytes = answer.read(LARGEST + 1)
    except (URLError, OSError, ValueError) as error:
        raise InputError(
            f"{address} gave no timestamp: {error}",
            hint="see that the authority is reachable, then run it again",
        ) from error
    if len(response) > LARGEST:
        raise InputError(
            f"{address} answered with more than a timestamp", hint="name a time-stamping authority"
        )
    return response


class _StayHere(HTTPRedirectHandler):
    """Follows no redirection: the request goes only to the address that the user named."""

    def redirect_request(self, *_given: object, **_named: object) -> None:
        """Return no request."""


def keep(
    case: Case, head: Head, authority: str, *, request: bytes, response: bytes, roots: bytes | None
) -> Timestamp:
    """Check a response and keep it whole in the case; raises InputError where it does not hold."""
    made = Timestamp(id=get_id("timestamp", hashlib.sha256(response).hexdigest()), head=head, authority=authority,
                     request=request, response=response, roots=roots)  # fmt: skip
    try:
        verify(made)
    except ValueError as error:
        raise InputError(
            f"the answer is no timestamp of this log: {error}", hint="ask again, or name another authority"
        ) from error
    with case.write("stamp", head=head.seq, authority=authority) as writer:
        writer.add(made)
    return made


def find_head(entries: Iterable[LogEntry], request: bytes, case: str) -> Head:
    """Return the head that a request was made for; raises InputError where it is none of this log."""
    for entry in entries:
        head = Head(case=case, seq=entry.seq, hash=entry.hash)
        if hashlib.sha256(to_json(head)).digest() in request:
            return head
    raise InputError(
        "the file is no request that this case made",
        hint="make one with `linewatch stamp CASE --request FILE`",
    )


def verify(stamp: Timestamp) -> Proof:
    """Return what a timestamp proves, checked offline: status, imprint, nonce, signature, chain. Raises ValueError saying what fails."""
    response = _decode(stamp.response)
    nonce = response.tst_info.nonce
    if nonce is None or nonce.to_bytes((nonce.bit_length() + 7) // 8) not in stamp.request:
        raise ValueError("its nonce is not that of the request")
    if response.tst_info.message_imprint.message != hashlib.sha256(to_json(stamp.head)).digest():
        raise ValueError("its imprint is not that of the head")
    trusted = _load_roots(stamp.roots)
    embedded = _load_embedded(response)
    builder = VerifierBuilder()
    for certificate in dict.fromkeys(trusted or embedded):
        builder = builder.add_root_certificate(certificate)
    try:
        builder.build().verify_message(response, to_json(stamp.head))
    except VerificationError as error:
        raise ValueError(str(error)) from error
    return Proof(response.tst_info.gen_time, _name_signer(response, embedded), bool(trusted))


def _decode(data: bytes) -> TimeStampResponse:
    try:
        response = decode_timestamp_response(order_certificates(data))
    except ValueError as error:
        raise ValueError(f"it is no response of RFC 3161 ({error})") from error
    if response.status != GRANTED:
        raise ValueError(
            f"the authority refused: {', '.join(response.status_string) or f'status {response.status}'}"
        )
    return response


def order_certificates(response: bytes) -> bytes:
    """Return a response with the certificates in DER's order (X.690, 11.6), which OpenSSL and some authorities do not keep.

    No signature covers their order, and the library that verifies reads nothing else. What is no response stays as it is.
    """
    try:
        token = _split(response, *_split(response, 0, len(response))[0][1:])[1]
        content = _split(response, *_split(response, *token[1:])[1][1:])[0]
        begin, end = next(one[1:] for one in _split(response, *content[1:]) if one[0] == CERTIFICATES)
        found = list(_list_places(response, begin, end))
    except (IndexError, StopIteration):
        return response
    ordered = b"".join(sorted(response[at:stop] for at, stop in found))
    return response[:begin] + ordered + response[end:]


def _split(data: bytes, begin: int, end: int) -> list[tuple[int, int, int]]:
    """Return the tag of each element that lies in these bytes, and where its content begins and ends (X.690, 8.1)."""
    return [_read_element(data, at) for at, _ in _list_places(data, begin, end)]


def _list_places(data: bytes, begin: int, end: int) -> Iterator[tuple[int, int]]:
    while begin < end:
        stop = _read_element(data, begin)[2]
        yield begin, stop
        begin = stop


def _read_element(data: bytes, at: int) -> tuple[int, int, int]:
    tag, length, begin = data[at], data[at + 1], at + 2
    if length >= LONG:
        more = length - LONG
        length, begin = int.from_bytes(data[begin : begin + more]), begin + more
    return tag, begin, begin + length


def _load_embedded(response: TimeStampResponse) -> list[x509.Certificate]:
    try:
        return [x509.load_der_x509_certificate(one) for one in response.signed_data.certificates]
    except (ValueError, x509.InvalidVersion) as error:
        raise ValueError(f"a certificate in it is none ({error})") from error


def _load_roots(roots: bytes | None) -> list[x509.Certificate]:
    try:
        return x509.load_pem_x509_certificates(roots) if roots else []
    except ValueError as error:
        raise ValueError(f"the roots are no PEM certificates ({error})") from error


def _name_signer(response: TimeStampResponse, embedded: list[x509.Certificate]) -> str:
    serials = {one.serial_number for one in response.signed_data.signer_infos}
    return next(
        (one.subject.rfc4514_string() for one in embedded if one.serial_number in serials),
        "an unnamed signer",
    )


def describe(stamp: Timestamp, proof: Proof) -> str:
    """Return what a timestamp says, and no more."""
    chain = "up to a root that you named" if proof.is_rooted else "its root was not checked: none was named"
    return (
        f"the log up to entry {stamp.head.seq} existed no later than {proof.time:%Y-%m-%d %H:%M:%S} UTC "
        f"according to {proof.signer} ({chain})"
    )


def check_open(case: Case) -> None:
    """Raise CaseError where the case does not agree with itself: its head is then worth no timestamp."""
    if not case.intact:
        raise CaseError("the log does not agree with the case", hint=f"run `linewatch check {case.path}`")
