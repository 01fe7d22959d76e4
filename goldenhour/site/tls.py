"""Certificates of one's own: an authority that may vouch for this house's names alone, and the server's certificate.

    DATA/tls/authority.crt   what phones and browsers are told to trust, once
    DATA/tls/authority.key   makes the server's certificates; readable by the owner only
    DATA/tls/server.crt      the server's certificate and the authority's, as a server sends them
    DATA/tls/server.key

A stranger who steals the authority's key can pretend to be this house, and nobody else: its name constraints say so,
and browsers hold to them. No Django here: the command makes them before the site starts.
"""

import ipaddress
import os
import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from goldenhour.errors import BadInput, Refused

FOLDER = "tls"
ALWAYS = ("localhost", "127.0.0.1", "::1")
AUTHORITY_LASTS = timedelta(days=3650)
SERVER_LASTS = timedelta(days=397)  # Phones refuse server certificates that last longer than 398 days.
RENEWED_BEFORE = timedelta(days=60)
_LONGEST = 253
_LABEL = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?")
_EARLIER = timedelta(hours=1)  # Clocks of phones are not all alike.

_Name = x509.DNSName | x509.IPAddress


def named(host: str) -> _Name:
    """Return a host as a certificate names it.

    Raises:
        BadInput: it is neither a name nor an address.
    """
    try:
        return x509.IPAddress(ipaddress.ip_address(host.strip("[]")))
    except ValueError:
        pass
    if len(host) > _LONGEST or not all(_LABEL.fullmatch(one) for one in host.split(".")):
        raise BadInput(
            code="bad_host",
            what=f"{host!r} is neither the name nor the address of a machine.",
            do="Write it as people type it into a browser, without https:// and port, such as ems.example.",
            where="--host",
        )
    return x509.DNSName(host.lower())


def make_ready(data: Path, hosts: Sequence[str], now: datetime) -> tuple[Path, Path]:
    """Return the server's certificate and key for these hosts; made, or renewed, where that is due.

    Raises:
        BadInput: a host is none.
        Refused: the authority that is there may not vouch for a host.
    """
    folder = data / FOLDER
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    names = [named(one) for one in dict.fromkeys((*ALWAYS, *hosts))]
    if not (folder / "authority.crt").exists():
        _make_authority(folder, names, now)
    authority = read_authority(data)
    foreign = [one.value for one in names if not _may_vouch(authority, one)]
    if foreign:
        raise Refused(
            code="other_hosts",
            what=f"This house's authority may not vouch for {', '.join(map(str, foreign))}: it has other names.",
            do=f"Use the names of before, or move {folder} away: every phone then has to trust the new one.",
        )
    certificate, key = folder / "server.crt", folder / "server.key"
    if not certificate.exists() or _is_due(_read(certificate), names, authority, now):
        _make_server(folder, authority, names, now)
    return certificate, key


def read_authority(data: Path) -> x509.Certificate:
    """Return the certificate of this house's authority.

    Raises:
        Refused: there is none.
    """
    file = data / FOLDER / "authority.crt"
    if not file.exists():
        raise Refused(code="no_authority", what="This house has no authority of its own.", do="Start it with --tls.")
    return _read(file)


def fingerprint(certificate: x509.Certificate) -> str:
    """Return the SHA-256 fingerprint as people compare it: pairs of signs with colons."""
    return certificate.fingerprint(SHA256()).hex(":").upper()


def lasts_until(file: Path) -> datetime:
    """Return when a certificate ends."""
    return _read(file).not_valid_after_utc


def _read(file: Path) -> x509.Certificate:
    return x509.load_pem_x509_certificate(file.read_bytes())


def _may_vouch(authority: x509.Certificate, name: _Name) -> bool:
    allowed = authority.extensions.get_extension_for_class(x509.NameConstraints).value.permitted_subtrees or []
    if isinstance(name, x509.IPAddress):
        return any(isinstance(one, x509.IPAddress) and one.value == ipaddress.ip_network(name.value) for one in allowed)
    return any(
        isinstance(one, x509.DNSName) and (name.value == one.value or name.value.endswith("." + one.value))
        for one in allowed
    )


def _is_due(server: x509.Certificate, names: Sequence[_Name], authority: x509.Certificate, now: datetime) -> bool:
    has = server.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    ends = server.not_valid_after_utc - now < RENEWED_BEFORE
    return ends or set(has) != set(names) or server.issuer != authority.subject


def _make_authority(folder: Path, names: Sequence[_Name], now: datetime) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    called = _called(f"goldenhour of {names[-1].value}")
    allowed = [
        x509.IPAddress(ipaddress.ip_network(one.value)) if isinstance(one, x509.IPAddress) else one for one in names
    ]
    certificate = (
        _begun(called, called, key.public_key(), now, AUTHORITY_LASTS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs=True), critical=True)
        .add_extension(x509.NameConstraints(permitted_subtrees=allowed, excluded_subtrees=None), critical=True)
        .sign(key, SHA256())
    )
    _keep_key(folder / "authority.key", key)
    (folder / "authority.crt").write_bytes(certificate.public_bytes(Encoding.PEM))


def _make_server(folder: Path, authority: x509.Certificate, names: Sequence[_Name], now: datetime) -> None:
    signing = load_pem_private_key((folder / "authority.key").read_bytes(), password=None)
    assert isinstance(signing, ec.EllipticCurvePrivateKey)
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = (
        _begun(_called(str(names[-1].value)), authority.subject, key.public_key(), now, SERVER_LASTS)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signing.public_key()), critical=False)
        .sign(signing, SHA256())
    )
    _keep_key(folder / "server.key", key)
    both = certificate.public_bytes(Encoding.PEM) + authority.public_bytes(Encoding.PEM)
    (folder / "server.crt").write_bytes(both)


def _begun(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, now: datetime, lasts: timedelta
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now.astimezone(UTC) - _EARLIER)
        .not_valid_after(now.astimezone(UTC) - _EARLIER + lasts)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )


def _called(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name[:64])])


def _usage(*, signs: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs,
        key_cert_sign=signs,
        crl_sign=signs,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _keep_key(file: Path, key: ec.EllipticCurvePrivateKey) -> None:
    half = file.with_suffix(".part")
    half.unlink(missing_ok=True)
    with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        out.write(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    half.replace(file)


# ---------------------------------------------------------------- the page that phones open once

_PAGE = Path(__file__).with_name("trust.html").read_text(encoding="utf-8")
STYLE = _PAGE.partition("<style>")[2].partition("</style>")[0]


def trust_page(authority: x509.Certificate) -> str:
    """Return the page, in HTML, that tells how a device is made to trust this house."""
    return _PAGE.replace("FINGERPRINT", fingerprint(authority))


def pem(certificate: x509.Certificate) -> bytes:
    """Return a certificate as a file."""
    return bytes(certificate.public_bytes(Encoding.PEM))
