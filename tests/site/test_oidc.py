"""Signing on through a directory: a small one of the test's own, over real HTTP, with real keys and signatures."""

import base64
import hashlib
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from goldenhour.access.live import services
from goldenhour.access.live.models import Account
from goldenhour.log.live import feed
from goldenhour.log.live.rebuild import rebuild
from goldenhour.site.accounts import oidc
from tests.site.test_accounts import PASSWORD, Somebody, make, set_up_codes

CLIENT = "goldenhour-town"


class Directory:
    """An issuer: it has one person, and gives tokens for codes to whoever proves the PKCE challenge."""

    def __init__(self):
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.kid = "k1"
        self.person = {"sub": "0a-17", "email": "Alice@town.test", "email_verified": True}
        self.codes = {}
        self.mischief = {}
        self.signed_with = None
        self.algorithm = "RS256"
        self.silent = False
        directory = self

        class Answers(BaseHTTPRequestHandler):
            def do_GET(self):
                if directory.silent:
                    return self._say(503, {})
                if self.path == "/.well-known/openid-configuration":
                    return self._say(200, directory.about())
                return self._say(200, directory.keys())

            def do_POST(self):
                body = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
                said = directory.token({name: values[0] for name, values in body.items()})
                self._say(200 if said else 400, said or {"error": "invalid_grant"})

            def _say(self, status, said):
                body = json.dumps(said).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
        self.issuer = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def about(self):
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
        }

    def keys(self):
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        return {"keys": [{**public, "kid": self.kid, "alg": "RS256", "use": "sig"}]}

    def authorize(self, url):
        """What the person's browser does there: back come the code and the state."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        assert asked["redirect_uri"].endswith("/signin/sign-on")
        assert (asked["client_id"], asked["response_type"], asked["code_challenge_method"]) == (CLIENT, "code", "S256")
        code = f"code-{len(self.codes)}"
        self.codes[code] = asked
        return {"code": code, "state": asked["state"]}

    def token(self, form):
        asked = self.codes.pop(form["code"], None)
        if asked is None or form["client_secret"] != "quiet":
            return None
        challenge = base64.urlsafe_b64encode(hashlib.sha256(form["code_verifier"].encode()).digest()).decode()
        if challenge.rstrip("=") != asked["code_challenge"] or form["redirect_uri"] != asked["redirect_uri"]:
            return None
        now = int(time.time())
        said = {"iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": asked["nonce"], **self.person}
        said |= self.mischief
        key = None if self.algorithm == "none" else self.signed_with or self.key
        return {"id_token": jwt.encode(said, key, algorithm=self.algorithm, headers={"kid": self.kid})}


@pytest.fixture
def directory(desk, settings):
    directory = Directory()
    oidc._kept.cache_clear()
    text = (
        f"name: The county\nissuer: {directory.issuer}\nclient_id: {CLIENT}\nclient_secret: quiet\nacr: [two-steps]\n"
    )
    (settings.DATA / oidc.FILE).write_text(text)
    make(desk, "alice", "dispatcher", password="")
    make(desk, "bob", "crew@town", password="")
    Account.objects.filter(pk="alice").update(email="alice@town.test")
    yield directory
    directory.server.shutdown()
    directory.server.server_close()


def begins(one):
    status, said = one.ask("POST", "/api/signin/sign-on", {})
    assert status == 200, said
    return said["url"]


def sign_on(one, directory):
    return one.ask("POST", "/api/signin/sign-on/finish", directory.authorize(begins(one)))


def facts(name):
    return [fact for _, fact in feed.read_from(0, 1000) if name == fact.NAME]


def test_an_invited_account_signs_on_by_its_verified_address_and_from_then_on_by_its_subject(desk, directory):
    alice = Somebody(desk)
    assert alice.session()["directory"] == "The county"

    assert sign_on(alice, directory)[0] == 200

    assert alice.session()["account"] == "alice"
    assert alice.ask("GET", "/api/board")[0] == 200
    assert facts("access.signed_in")[-1].how == "directory"
    # She marries: the address is another, the person is not.
    directory.person["email"] = "alice.new@town.test"
    again = Somebody(desk)
    assert sign_on(again, directory)[0] == 200
    assert again.session()["account"] == "alice"
    # Somebody who is given her old address gets nothing of hers.
    directory.person = {"sub": "0a-99", "email": "alice@town.test", "email_verified": True}
    eve = Somebody(desk)
    assert sign_on(eve, directory)[1]["code"] == "not_invited"
    assert not eve.session()["signed_in"]
    assert len(facts("access.sign_on_tied")) == 1
    assert "0a-17" not in str(facts("access.sign_on_tied"))
    assert [one for one in rebuild().differences if one.table != "access_account"] == []


@pytest.mark.parametrize(
    "person",
    [
        {"sub": "x", "email": "nobody@town.test", "email_verified": True},
        {"sub": "x", "email": "alice@town.test", "email_verified": False},
        {"sub": "x", "email": "alice@town.test"},
        {"sub": "x"},
    ],
)
def test_nobody_gets_an_account_by_it(desk, directory, person):
    directory.person = person
    before = Account.objects.count()
    one = Somebody(desk)

    assert sign_on(one, directory)[1]["code"] == "not_invited"

    assert not one.session()["signed_in"]
    assert Account.objects.count() == before


def test_two_accounts_of_one_address_are_none(desk, directory):
    Account.objects.filter(pk="bob").update(email="ALICE@town.test")

    assert sign_on(Somebody(desk), directory)[1]["code"] == "not_invited"


def test_a_disabled_account_does_not_sign_on(desk, directory):
    assert sign_on(Somebody(desk), directory)[0] == 200
    services.account_disable(account="alice", reason="left", at=desk.clock.at(), actor="console")

    one = Somebody(desk)
    assert sign_on(one, directory)[1]["code"] == "not_invited"
    assert not one.session()["signed_in"]


@pytest.mark.parametrize(
    "mischief",
    [
        {"iss": "http://127.0.0.1:1"},
        {"aud": "another-client"},
        {"aud": [CLIENT, "other"], "azp": "other"},
        {"nonce": "replayed"},
        {"exp": 1_700_000_000},
        {"iat": 4_000_000_000},
        {"sub": ""},
    ],
)
def test_a_token_that_is_for_others_old_or_replayed_proves_nothing(desk, directory, mischief):
    directory.mischief = mischief
    one = Somebody(desk)

    assert sign_on(one, directory)[1]["code"] == "sign_on_unproved"
    assert not one.session()["signed_in"]


def test_a_signature_of_another_key_or_of_a_shared_secret_proves_nothing(desk, directory):
    one = Somebody(desk)
    directory.signed_with = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    assert sign_on(one, directory)[1]["code"] == "sign_on_unproved"

    directory.signed_with, directory.algorithm = "quiet" * 8, "HS256"
    assert sign_on(one, directory)[1]["code"] == "sign_on_unproved"
    directory.algorithm = "none"
    assert sign_on(one, directory)[1]["code"] == "sign_on_unproved"
    assert not one.session()["signed_in"]


def test_a_directory_with_a_new_key_is_believed_at_once(desk, directory):
    assert sign_on(Somebody(desk), directory)[0] == 200
    directory.key, directory.kid = rsa.generate_private_key(public_exponent=65537, key_size=2048), "k2"

    assert sign_on(Somebody(desk), directory)[0] == 200


def test_what_comes_back_belongs_to_this_browser_once_and_soon(desk, directory):
    alice, eve = Somebody(desk), Somebody(desk)
    back = directory.authorize(begins(eve))
    begins(alice)
    assert alice.ask("POST", "/api/signin/sign-on/finish", back)[1]["code"] == "sign_on_lost"

    mine = directory.authorize(begins(alice))
    assert alice.ask("POST", "/api/signin/sign-on/finish", mine)[0] == 200
    alice.ask("DELETE", "/api/session")
    assert alice.ask("POST", "/api/signin/sign-on/finish", mine)[1]["code"] == "sign_on_lost"

    late = directory.authorize(begins(alice))
    desk.wait(minutes=10, seconds=1)
    assert alice.ask("POST", "/api/signin/sign-on/finish", late)[1]["code"] == "sign_on_lost"
    assert alice.ask("POST", "/api/signin/sign-on/finish", {"code": 1})[0] == 422


def test_the_second_step_is_asked_for_here_unless_the_directory_has_asked(desk, directory):
    at = desk.clock.at()
    key = services.link_make(account="alice", at=at, actor="console")
    services.password_set(key=key, password=PASSWORD, at=at)
    owner = Somebody(desk)
    assert owner.sign_in("alice")[0] == 200
    set_up_codes(owner)

    one = Somebody(desk)
    status, said = sign_on(one, directory)
    assert (status, said["code"]) == (401, "second_step")
    assert one.ask("GET", "/api/board")[0] == 401

    for proved in ({"amr": ["pwd", "mfa"]}, {"acr": "two-steps"}):
        directory.person = {"sub": "0a-17", **proved}
        two = Somebody(desk)
        assert sign_on(two, directory)[0] == 200
        assert two.ask("GET", "/api/board")[0] == 200
        assert facts("access.signed_in")[-1].how == "directory+mfa"
    directory.person = {"sub": "0a-17", "amr": ["pwd"], "acr": "one-step"}
    assert sign_on(Somebody(desk), directory)[0] == 401


def test_a_locked_station_opens_through_the_directory_for_the_same_person_alone(desk, directory):
    make(desk, "olga", "credentialing@town", password="")
    Account.objects.filter(pk="olga").update(email="olga@town.test")
    directory.person = {"sub": "0c-1", "email": "olga@town.test", "email_verified": True}
    olga = Somebody(desk)
    assert sign_on(olga, directory)[0] == 200
    assert sign_on(olga, directory)[0] == 409  # She is signed in.
    desk.wait(minutes=31)
    assert olga.ask("GET", "/api/workforce/people")[1]["code"] == "locked"
    assert olga.session()["directory"] == "The county"

    directory.person = {"sub": "0a-17", "email": "alice@town.test", "email_verified": True}
    assert sign_on(olga, directory)[0] == 409
    assert olga.session()["lock"]["locked"]
    directory.person = {"sub": "0c-1"}
    assert sign_on(olga, directory)[0] == 200

    assert olga.ask("GET", "/api/workforce/people")[0] == 200


def test_a_directory_that_is_silent_leaves_the_password(desk, directory):
    make(desk, "carol", "dispatcher")
    directory.silent = True
    one = Somebody(desk)

    assert one.ask("POST", "/api/signin/sign-on", {})[1]["code"] == "directory_silent"
    assert one.sign_in("carol")[0] == 200


def test_an_administrator_ties_a_subject_and_nobody_takes_anothers(desk, directory):
    make(desk, "root", "administrator")
    root = Somebody(desk)
    root.sign_in("root")
    directory.person = {"sub": "0b-1"}

    assert root.ask("POST", "/api/accounts/bob/sign-on", {"subject": "0b-1"})[0] == 204
    assert root.ask("POST", "/api/accounts/alice/sign-on", {"subject": "0b-1"})[1]["code"] == "subject_taken"

    bob = Somebody(desk)
    assert sign_on(bob, directory)[0] == 200
    assert bob.session()["account"] == "bob"
    assert root.ask("POST", "/api/accounts/bob/sign-on", {"subject": ""})[0] == 204
    assert sign_on(Somebody(desk), directory)[1]["code"] == "not_invited"


@pytest.mark.parametrize(
    "text",
    [
        "name: X\nissuer: http://elsewhere.test\nclient_id: y\n",
        "name: X\nclient_id: y\n",
        "name: X\nissuer: https://x.test\nclient_id: y\nscope: all\n",
        "[]",
    ],
)
def test_a_wrong_file_is_refused_in_words(desk, settings, text):
    (settings.DATA / oidc.FILE).write_text(text)

    assert Somebody(desk).ask("POST", "/api/signin/sign-on", {})[1]["code"] == "bad_oidc"
    make(desk, "carol", "dispatcher")
    assert Somebody(desk).session()["accounts"]  # The page stands, and so does the password.
    assert Somebody(desk).sign_in("carol")[0] == 200


def test_a_house_without_a_directory_says_so(desk):
    make(desk, "carol", "dispatcher")

    assert "directory" not in Somebody(desk).session()
    assert Somebody(desk).ask("POST", "/api/signin/sign-on", {})[1]["code"] == "no_directory"
