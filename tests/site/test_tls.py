"""TLS in one command, with a real handshake; and that nothing listens beyond this machine without it."""

import contextlib
import http.client
import json
import os
import ssl
import stat
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key

from goldenhour.errors import BadInput, Refused
from goldenhour.site import tls
from goldenhour.site.outside import Outside, environment_of, lead_to_https, refuse_wrong
from tests.conftest import HOUSE
from tests.serving import free_port, running
from tests.site.test_accounts import Somebody, make

NOW = datetime(2026, 3, 1, 22, 2, 31, tzinfo=UTC)


def command(data, *words):
    """One command of the command line, in a house of its own."""
    env = {**os.environ, "GOLDENHOUR_DATA": str(data), "DATABASE_URL": ""}
    line = [sys.executable, "-m", "goldenhour.cli", *words]
    return subprocess.run(line, env=env, cwd=HOUSE, capture_output=True, text=True, check=False, timeout=60)


def shake_hands(host, *, trusted, port):
    """The body of one request over TLS, by a client that trusts this authority alone."""
    context = ssl.create_default_context(cafile=trusted)
    line = http.client.HTTPSConnection(host, port, context=context, timeout=30)
    with contextlib.closing(line):
        line.request("GET", "/api/session", headers={"Host": f"{host}:{port}"})
        answer = line.getresponse()
        return answer, answer.read()


def test_one_command_makes_a_site_that_only_speaks_tls_and_whose_certificate_a_client_checks(tmp_path):
    assert command(tmp_path, "log", "migrate").returncode == 0
    assert command(tmp_path, "accounts", "add", "root", "--role", "administrator").returncode == 0
    plain = free_port()
    trusted = tmp_path / "tls" / "authority.crt"
    words = ["--tls", "--host", "ems.test", "--http-port", plain, "--hsts", 30]
    with running(*words, data=tmp_path, answers=lambda port: answers(port, trusted)) as site:
        answer, body = shake_hands("localhost", trusted=trusted, port=site.port)

        assert answer.status == 200
        assert json.loads(body)["accounts"] is True
        assert answer.headers["Strict-Transport-Security"] == "max-age=2592000"
        with pytest.raises(ssl.SSLCertVerificationError):  # Without the authority nobody believes it.
            http.client.HTTPSConnection("localhost", site.port, context=ssl.create_default_context()).request(
                "GET", "/"
            )
        led, _ = ask_plain(plain, "/workforce?on=2026-01-01", host=f"ems.test:{plain}")
        assert (led.status, led.headers["Location"]) == (308, f"https://ems.test:{site.port}/workforce?on=2026-01-01")
        assert ask_plain(plain, "//evil.test/x")[0].headers["Location"] == f"https://localhost:{site.port}/evil.test/x"
        assert ask_plain(plain, "/", host="evil.test")[0].status == 400
        assert ask_plain(plain, "/api/signin", method="POST")[0].status == 426
        page = ask_plain(plain, "/trust")[1].decode()
        assert tls.fingerprint(tls.read_authority(tmp_path)) in page
        assert ask_plain(plain, "/trust/authority.crt")[1] == (tmp_path / "tls" / "authority.crt").read_bytes()


def answers(port, trusted):
    return trusted.exists() and shake_hands("localhost", trusted=trusted, port=port)[0].status == 200


def ask_plain(port, path, *, host="localhost", method="GET"):
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    with contextlib.closing(line):
        line.request(method, path, headers={"Host": host})
        answer = line.getresponse()
        return answer, answer.read()


def test_the_authority_may_vouch_for_this_house_alone(tmp_path):
    tls.make_ready(tmp_path, ["ems.test", "10.0.0.5"], NOW)
    authority = tls.read_authority(tmp_path)
    allowed = authority.extensions.get_extension_for_class(x509.NameConstraints)

    assert allowed.critical
    assert {str(one.value) for one in allowed.value.permitted_subtrees} == {
        "localhost", "127.0.0.1/32", "::1/128", "ems.test", "10.0.0.5/32",
    }  # fmt: skip
    # Also with the stolen key, no client believes a certificate for another name.
    assert _believed(tmp_path, "ems.test") is None
    assert "permitted subtree violation" in _believed(tmp_path, "bank.test")
    for file in ("authority.key", "server.key"):
        assert stat.S_IMODE((tmp_path / "tls" / file).stat().st_mode) == 0o600


def _believed(data, name):
    """Why a client that trusts the authority does not believe a certificate that its key made for a name."""
    authority = tls.read_authority(data)
    signing = load_pem_private_key((data / "tls" / "authority.key").read_bytes(), None)
    key = ec.generate_private_key(ec.SECP256R1())
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder().subject_name(x509.Name([])).issuer_name(authority.subject)
        .public_key(key.public_key()).serial_number(7)
        .not_valid_before(NOW).not_valid_after(max(now, NOW) + timedelta(days=9))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=True)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signing.public_key()), critical=False)
        .sign(signing, SHA256())
    )  # fmt: skip
    chain, secret = data / "stolen.crt", data / "stolen.key"
    chain.write_bytes(made.public_bytes(Encoding.PEM))
    secret.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    server, client = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), ssl.create_default_context()
    server.load_cert_chain(chain, secret)
    client.load_verify_locations(data / "tls" / "authority.crt")
    to, back = ssl.MemoryBIO(), ssl.MemoryBIO()
    there, here = server.wrap_bio(to, back, server_side=True), client.wrap_bio(back, to, server_hostname=name)
    for _ in range(4):
        for side in (here, there):
            try:
                side.do_handshake()
            except ssl.SSLWantReadError:
                pass
            except ssl.SSLError as error:
                return str(error)
    return None


def test_a_certificate_is_kept_while_it_holds_and_renewed_in_time_by_the_same_authority(tmp_path):
    certificate, _ = tls.make_ready(tmp_path, ["ems.test"], NOW)
    first, authority = certificate.read_bytes(), tls.read_authority(tmp_path)
    tls.make_ready(tmp_path, ["ems.test"], NOW + timedelta(days=336))
    assert certificate.read_bytes() == first

    tls.make_ready(tmp_path, ["ems.test"], NOW + timedelta(days=338))

    assert certificate.read_bytes() != first
    assert tls.lasts_until(certificate) > NOW + timedelta(days=730)
    assert tls.read_authority(tmp_path) == authority  # No phone has to trust anything anew.


def test_a_name_that_the_authority_was_not_made_for_is_refused_in_words(tmp_path):
    tls.make_ready(tmp_path, ["ems.test"], NOW)

    with pytest.raises(Refused, match=r"may not vouch for other\.test"):
        tls.make_ready(tmp_path, ["ems.test", "other.test"], NOW)
    for wrong in ("https://ems.test", "ems test", "", "-a.test", "a" * 64):
        with pytest.raises(BadInput):
            tls.make_ready(tmp_path, [wrong], NOW)


@pytest.mark.parametrize(
    ("how", "code"),
    [
        ({"bind": "0.0.0.0"}, "not_sealed"),
        ({"cert": "server.crt"}, "bad_tls"),
        ({"cert": "x", "key": "x", "tls": True}, "bad_tls"),
        ({"http_port": 8080}, "bad_tls"),
        ({"hsts_days": 9}, "bad_tls"),
    ],
)
def test_nothing_listens_beyond_this_machine_without_tls(how, code):
    with pytest.raises(Refused) as refused:
        refuse_wrong(Outside(**how))

    assert refused.value.code == code


def test_a_house_without_accounts_does_not_begin_to_listen_to_a_network(tmp_path):
    said = command(tmp_path, "serve", "--tls", "--host", "ems.test", "--bind", "0.0.0.0", "--port", str(free_port()))

    assert "no accounts yet" in said.stdout + said.stderr


def test_a_demo_is_never_opened_to_a_network(tmp_path):
    said = command(tmp_path, "serve", "--demo", "--tls")

    assert said.returncode == 2
    assert "everybody knows its passwords" in said.stderr


def test_a_port_for_plain_http_that_is_taken_is_said(tmp_path):
    port = free_port()
    server = lead_to_https(port, Outside(cert="x", key="x"), 443, tmp_path)
    try:
        with pytest.raises(Refused, match=f"Port {port}"):
            lead_to_https(port, Outside(cert="x", key="x"), 443, tmp_path)
    finally:
        server.shutdown()
        server.server_close()


# ---------------------------------------------------------------- behind a proxy


def test_a_proxys_word_is_taken_and_nobody_elses(desk, settings):
    make(desk, "alice", "dispatcher")
    settings.GOLDENHOUR_PROXIES = frozenset({"192.0.2.1"})
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.GOLDENHOUR_HSTS_S = 60
    said = {"HTTP_X_FORWARDED_FOR": "127.0.0.1, 198.51.100.9", "HTTP_X_FORWARDED_PROTO": "https"}
    proxy, stranger = Somebody(desk, "192.0.2.1"), Somebody(desk, "198.51.100.7")
    for one in (proxy, stranger):
        one.client.defaults.update(said)
        one.sign_in("alice")

    through, direct = (one.client.get("/api/board") for one in (proxy, stranger))

    assert through.headers["Strict-Transport-Security"] == "max-age=60"
    assert proxy.client.cookies["goldenhour_session"]["secure"]
    assert "Strict-Transport-Security" not in direct.headers  # It came in the clear, whatever it says.
    assert not stranger.client.cookies["goldenhour_session"]["secure"]
    assert {one["device"] for one in reads(desk)} == {"198.51.100.9", "198.51.100.7"}


def reads(desk):
    make(desk, "quinn", "quality")
    quinn = Somebody(desk)
    quinn.sign_in("quinn")
    return quinn.ask("GET", "/api/reads")[1]


def test_the_site_is_told_the_names_it_goes_by():
    told = environment_of(Outside(hosts=("EMS.test", "fd00::5"), proxies=("10.0.0.1",), hsts_days=2))

    assert told["GOLDENHOUR_HOSTS"] == "localhost,127.0.0.1,[::1],ems.test,[fd00::5]"
    assert (told["GOLDENHOUR_PROXIES"], told["GOLDENHOUR_HSTS_DAYS"]) == ("10.0.0.1", "2")
    assert told["GOLDENHOUR_OUTSIDE"] == "1"
    assert environment_of(Outside()) == {}
