"""Accounts: made, signed in with, locked out, disabled; and that a house without any stays as it was."""

import contextlib
import http.client
import itertools
import json
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.db import connection
from django.test import Client

from goldenhour.access.live import queries, services, tries
from goldenhour.access.roles import EVERY, Grant, Role
from goldenhour.cli.main import main as command_line
from goldenhour.errors import NotAllowed
from goldenhour.log.live import feed, keys
from goldenhour.log.live.rebuild import rebuild
from goldenhour.site import settings as site_settings
from goldenhour.site.accounts.demo import PASSWORD as DEMO_PASSWORD
from goldenhour.site.accounts.demo import open_demo
from tests.conftest import HOUSE
from tests.roads.places import corner
from tests.serving import running
from tests.site.conftest import new_id

PASSWORD = "seven-quiet-herons"


def grant(text):
    role, _, agency = text.partition("@")
    return Grant(Role(role), agency or EVERY)


class Somebody:
    """A browser of somebody who may sign in."""

    def __init__(self, desk, address="127.0.0.1"):
        self.desk = desk
        self.client = Client(headers={"Host": "localhost"}, REMOTE_ADDR=address)

    def ask(self, method, path, body=None):
        data = "" if body is None else json.dumps(body)
        answer = self.client.generic(method, path, data, content_type="application/json" if body is not None else "")
        is_json = answer.headers.get("Content-Type", "").startswith("application/json")
        return answer.status_code, answer.json() if is_json and answer.content else None

    def sign_in(self, account, password=PASSWORD):
        return self.ask("POST", "/api/signin", {"username": account, "password": password})

    def session(self):
        status, said = self.ask("GET", "/api/session")
        assert status == 200
        return said


def make(desk, account, *grants, agency=EVERY, person="", password=PASSWORD):
    """An account that can be signed in with."""
    at = desk.clock.at()
    services.account_make(
        account=account, agency=agency, person=person, grants=[grant(one) for one in grants], at=at, actor="console"
    )
    if password:
        key = services.link_make(account=account, at=at, actor="console")
        services.password_set(key=key, password=password, at=at)


@pytest.fixture
def alice(desk):
    """Alice runs the desk."""
    make(desk, "alice", "dispatcher")
    return Somebody(desk)


def test_a_dispatcher_signs_in_sends_a_unit_under_her_name_and_signs_out(desk, alice):
    assert alice.ask("GET", "/api/board")[0] == 401

    status, _ = alice.sign_in("alice")

    assert status == 200
    assert alice.session()["roles"] == ["Dispatcher, every agency"]
    lon, lat = corner(2, 2)
    status, said = alice.ask("POST", "/api/calls", {"id": new_id(), "lon": lon, "lat": lat})
    assert (status, said) == (201, {"call_id": "26-0001"})
    status, facts = alice.ask("GET", "/api/log")
    assert status == 200
    assert next(one for one in facts if one["name"] == "calls.call_received")["actor"] == "alice"

    assert alice.ask("DELETE", "/api/session")[0] == 204

    assert alice.ask("GET", "/api/board")[0] == 401
    assert not alice.session()["signed_in"]


# ---------------------------------------------------------------- a house without accounts, and its first one


def test_a_house_without_accounts_is_open_to_its_own_machine_and_closed_by_the_first_account(desk):
    here = Somebody(desk)
    assert here.session()["accounts"] is False
    assert here.ask("GET", "/api/board")[0] == 200
    assert here.ask("GET", "/api/accounts") == (200, [])
    assert Somebody(desk, "192.0.2.7").ask("GET", "/api/session")[1]["code"] == "not_this_machine"

    make(desk, "root", "administrator")

    assert here.ask("GET", "/api/board")[1]["code"] == "not_signed_in"
    assert here.client.get("/").headers["Location"] == "/signin?next=/"
    assert here.client.get("/workforce/people?on=2026-01-01").headers["Location"] == (
        "/signin?next=/workforce/people%3Fon%3D2026-01-01"
    )
    assert here.client.get("/signin").status_code in {200, 503}  # 503 where the page is not built.
    assert "calls.call_received" not in desk_log(desk)


def test_a_house_whose_only_account_is_disabled_does_not_open_again(desk):
    make(desk, "root", "administrator")
    services.account_disable(account="root", reason="left", at=desk.clock.at(), actor="console")

    assert Somebody(desk).ask("GET", "/api/board")[0] == 401


def test_the_first_account_can_be_made_over_the_network_of_a_house_without_any(desk):
    here = Somebody(desk)
    body = {"account": "root", "agency": "*", "grants": [{"role": "administrator", "agency": "*"}]}

    status, said = here.ask("POST", "/api/accounts", body)

    assert status == 201
    assert here.ask("POST", "/api/accounts", body)[0] == 401  # The door has closed behind it.
    assert here.ask("POST", "/api/password", {"key": said["key"], "password": PASSWORD}) == (200, {"account": "root"})
    assert here.sign_in("root")[0] == 200


def desk_log(desk):
    return [fact.NAME for _, fact in feed.read_from(0, 1000)]


# ---------------------------------------------------------------- the demo


@pytest.fixture
def demo(desk, settings):
    settings.GOLDENHOUR_DEMO = True
    open_demo(at=desk.clock.at())
    return desk


def test_a_demo_is_open_at_its_machine_and_its_people_sign_in_with_a_password_that_is_shown(demo):
    here = Somebody(demo)
    said = here.session()
    assert (said["demo"], said["signed_in"]) == (True, False)
    assert {"desk", "workforce"} <= set(said["pages"])
    assert "me" not in said["pages"]
    assert {one["account"] for one in said["demo_people"]} >= {one.replace("_", ".") for one in Role}
    assert here.ask("GET", "/api/board")[0] == 200
    assert here.ask("GET", "/api/workforce/people")[0] == 401
    assert here.ask("GET", "/api/accounts")[0] == 401

    for one in said["demo_people"]:
        somebody = Somebody(demo)
        assert somebody.sign_in(one["account"], said["demo_password"])[0] == 200
        assert "; ".join(somebody.session()["roles"]) == one["words"]
        assert "demo_password" not in somebody.session()

    assert somebody.ask("GET", "/api/accounts")[0] == 403  # A supervisor's own roles hold, not the open board's.


def test_a_demo_answers_no_other_machine_although_everybody_knows_its_password(demo):
    there = Somebody(demo, "192.0.2.7")

    for method, path in (("GET", "/"), ("GET", "/signin"), ("GET", "/api/board"), ("GET", "/api/session")):
        assert there.ask(method, path)[1]["code"] == "not_this_machine"
    assert there.sign_in("administrator", DEMO_PASSWORD)[1]["code"] == "not_this_machine"


def test_outside_a_demo_no_password_is_shown(desk):
    make(desk, "root", "administrator")

    assert "demo_password" not in Somebody(desk).session()


# ---------------------------------------------------------------- signing in


def test_the_cookie_is_for_this_site_and_out_of_the_pages_reach(desk, alice):
    alice.sign_in("alice")
    cookie = alice.client.cookies["goldenhour_session"]
    assert (cookie["httponly"], cookie["samesite"], cookie["secure"]) == (True, "Strict", "")

    over_tls = Client(headers={"Host": "localhost"})
    body = json.dumps({"username": "alice", "password": PASSWORD})
    assert over_tls.post("/api/signin", body, content_type="application/json", secure=True).status_code == 200

    assert over_tls.cookies["goldenhour_session"]["secure"]
    assert "csrftoken" not in over_tls.cookies


def test_signing_in_makes_a_fresh_session_and_signing_out_ends_it(desk, alice):
    stale = "s" * 32
    alice.client.cookies["goldenhour_session"] = stale
    assert alice.ask("GET", "/api/board")[0] == 401
    alice.sign_in("alice")
    own = alice.client.cookies["goldenhour_session"].value
    assert own != stale

    alice.ask("DELETE", "/api/session")

    alice.client.cookies["goldenhour_session"] = own
    assert alice.ask("GET", "/api/board")[0] == 401


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_another_page_can_neither_sign_somebody_in_nor_out_nor_read_who_it_is(desk, alice, headers):
    alice.sign_in("alice")
    body = json.dumps({"username": "alice", "password": PASSWORD})
    for method, path, data in (
        ("POST", "/api/signin", body),
        ("POST", "/api/signin/code", "{}"),
        ("POST", "/api/password", "{}"),
        ("POST", "/api/account/password", "{}"),
        ("POST", "/api/account/second-step/totp", "{}"),
        ("DELETE", "/api/account/second-step/totp", ""),
        ("DELETE", "/api/session", ""),
    ):
        answer = alice.client.generic(method, path, data, content_type="application/json", headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (403, "other_site"), path
    if "Sec-Fetch-Site" in headers:
        assert alice.client.get("/api/session", headers=headers).json()["code"] == "other_site"
    assert alice.session()["signed_in"]


def test_a_form_cannot_sign_in_and_no_other_door_of_allauth_is_open(desk, alice):
    form = alice.client.post("/api/signin", {"username": "alice", "password": PASSWORD})
    assert form.status_code == 415

    for path in ("/accounts/login/", "/accounts/signup/", "/_allauth/browser/v1/auth/login", "/api/signup",
                 "/api/account/email", "/api/auth/signup", "/admin/", "/accounts/password/reset/"):  # fmt: skip
        assert alice.client.get(path).status_code == 404, path
        assert alice.client.post(path, "{}", content_type="application/json").status_code == 404, path
    assert alice.ask("PUT", "/api/signin", {})[0] == 405


def test_a_wrong_password_and_a_name_that_nobody_has_are_answered_alike(desk, alice):
    wrong = alice.sign_in("alice", "wrong")
    unknown = alice.sign_in("nobody.at.all", "wrong")
    services.account_disable(account="alice", reason="left", at=desk.clock.at(), actor="console")
    disabled = alice.sign_in("alice")

    assert wrong == unknown == disabled
    assert wrong[0] == 400
    assert wrong[1]["what"] == "The name or the password is wrong."


@pytest.mark.parametrize("name", ["alice", "nobody.at.all"])
def test_after_five_wrong_tries_no_more_are_looked_at_from_there_and_a_live_session_goes_on(desk, alice, name):
    alice.sign_in("alice")
    thief = Somebody(desk, "192.0.2.66")
    codes = [thief.sign_in(name, f"guess {n}")[1]["code"] for n in range(5)]
    assert codes == ["username_password_mismatch"] * 5

    locked = thief.sign_in(name)  # With alice's right password it is refused as well.

    assert (locked[0], locked[1]["code"]) == (403, "locked_out")
    assert "15 min" in locked[1]["what"]
    assert alice.ask("GET", "/api/board")[0] == 200
    assert Somebody(desk).sign_in("alice")[0] == 200  # From her own desk she can.
    assert desk_log(desk).count("access.sign_in_failed") == 5
    assert desk_log(desk).count("access.locked_out") == 1

    desk.wait(minutes=14, seconds=59)
    assert thief.sign_in(name)[1]["code"] == "locked_out"
    desk.wait(seconds=2)
    assert thief.sign_in("alice")[0] == 200


def test_a_right_password_forgets_the_wrong_ones_and_slow_slips_never_lock(desk, alice):
    for _ in range(3):
        for _ in range(4):
            assert alice.sign_in("alice", "wrong")[0] == 400
        assert Somebody(desk).sign_in("alice")[0] == 200
    for _ in range(8):
        desk.wait(minutes=4)
        assert alice.sign_in("alice", "wrong")[0] == 400

    assert alice.sign_in("alice")[0] == 200


def test_an_address_that_tries_many_names_is_locked_out_for_all_of_them(desk, alice):
    thief = Somebody(desk, "192.0.2.66")
    for n in range(tries.MOST_OF_ADDRESS):
        assert thief.sign_in(f"name{n}", "guess")[0] == 400

    assert thief.sign_in("alice")[1]["code"] == "locked_out"
    assert Somebody(desk).sign_in("alice")[0] == 200


def test_many_guesses_at_once_get_no_more_than_five(database, at):
    def guess(n):
        try:
            tries.begin(name="alice", what=tries.PASSWORD, address="192.0.2.66", at=at + timedelta(milliseconds=n))
        except NotAllowed:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(guess, range(24))) == tries.MOST


def test_an_administrator_lifts_a_lock(desk, alice):
    for n in range(5):
        alice.sign_in("alice", f"guess {n}")
    assert alice.sign_in("alice")[1]["code"] == "locked_out"

    services.lock_lift(account="alice", at=desk.clock.at(), actor="console")

    assert alice.sign_in("alice")[0] == 200


def test_an_administrator_sees_who_is_locked_out_and_where_an_account_is_signed_in_and_ends_it(desk, alice):
    make(desk, "root", "administrator")
    root, elsewhere = Somebody(desk), Somebody(desk, "192.0.2.9")
    root.sign_in("root")
    alice.sign_in("alice")
    for n in range(5):
        elsewhere.sign_in("alice", f"guess {n}")

    [row] = [one for one in root.ask("GET", "/api/accounts")[1] if one["account"] == "alice"]
    assert row["locked_until"] == "2026-03-01T22:17:31.000Z"
    assert len(root.ask("GET", "/api/accounts/alice/sessions")[1]) == 1
    assert root.ask("POST", "/api/accounts/alice/unlock") == (204, None)
    [row] = [one for one in root.ask("GET", "/api/accounts")[1] if one["account"] == "alice"]
    assert row["locked_until"] is None

    assert root.ask("POST", "/api/accounts/alice/sessions/end", {"reason": "a stolen phone"}) == (204, None)
    assert alice.ask("GET", "/api/board")[0] == 401
    assert root.ask("GET", "/api/accounts/alice/sessions") == (200, [])
    assert alice.sign_in("alice")[0] == 200


# ---------------------------------------------------------------- how long


def test_an_office_is_signed_out_after_an_hour_without_a_request_and_a_desk_is_not(desk, alice):
    make(desk, "olga", "credentialing@town")
    olga = Somebody(desk)
    olga.sign_in("olga")
    alice.sign_in("alice")
    for _ in range(3):
        desk.wait(minutes=29)
        assert olga.ask("POST", "/api/session/here") == (204, None)

    desk.wait(minutes=61)

    assert olga.ask("GET", "/api/workforce/people")[1]["code"] == "not_signed_in"
    assert alice.ask("GET", "/api/board")[0] == 200
    out = next(fact for _, fact in feed.read_from(0, 1000) if fact.NAME == "access.signed_out")
    assert (out.account, out.why) == ("olga", "idle")
    olga.sign_in("olga")
    assert olga.ask("GET", "/api/workforce/people")[0] == 200


def test_nobody_but_a_desk_stays_signed_in_for_longer_than_a_shift(desk, alice):
    make(desk, "olga", "credentialing@town")
    olga = Somebody(desk)
    olga.sign_in("olga")
    alice.sign_in("alice")
    for _ in range(33):
        assert olga.ask("POST", "/api/session/here")[0] == 204
        desk.wait(minutes=29, seconds=30)

    assert olga.ask("GET", "/api/workforce/people")[0] == 401
    desk.wait(days=6)
    assert alice.ask("GET", "/api/board")[0] == 200


def test_a_role_that_is_revoked_and_an_account_that_is_disabled_are_out_with_the_next_request(desk, alice):
    alice.sign_in("alice")
    at = desk.clock.at()
    services.role_revoke(account="alice", grant=grant("dispatcher"), at=at, actor="console")
    assert alice.ask("GET", "/api/board")[1]["code"] == "no_role"
    services.role_grant(account="alice", grant=grant("dispatcher"), at=at, actor="console")
    assert alice.ask("GET", "/api/board")[0] == 200

    services.account_disable(account="alice", reason="left", at=at, actor="console")
    assert alice.ask("GET", "/api/board")[0] == 401
    services.account_enable(account="alice", reason="back", at=at, actor="console")

    assert alice.ask("GET", "/api/board")[0] == 401  # The session of before stays over ...
    assert alice.sign_in("alice")[0] == 200  # ... and a new one is good.


# ---------------------------------------------------------------- passwords


def test_a_link_sets_a_password_once_and_only_the_newest_and_not_after_three_days(desk):
    make(desk, "bob", "crew@town", password=None)
    bob, at = Somebody(desk), desk.clock.at()
    old, new = (services.link_make(account="bob", at=at, actor="console") for _ in range(2))

    def set_password(key, password):
        return bob.ask("POST", "/api/password", {"key": key, "password": password})

    assert set_password(old, PASSWORD)[1]["code"] == "link_void"
    assert set_password("x" * 43, PASSWORD)[1]["code"] == "link_void"
    for bad in ("5hort", "123456789012345", "password1234"):
        status, said = set_password(new, bad)
        assert (status, said["code"]) == (422, "bad_password"), bad
        assert bad not in json.dumps(said)
    assert set_password(new, PASSWORD)[0] == 200
    assert set_password(new, PASSWORD)[1]["code"] == "link_void"
    assert bob.sign_in("bob")[0] == 200

    late = services.link_make(account="bob", at=at, actor="console")
    desk.wait(days=3, seconds=1)
    assert set_password(late, PASSWORD)[1]["code"] == "link_void"


def test_a_changed_password_ends_the_other_sessions_and_not_ones_own(desk, alice):
    alice.sign_in("alice")
    elsewhere = Somebody(desk)
    elsewhere.sign_in("alice")
    fresh = "three-green-otters"

    status, said = alice.ask("POST", "/api/account/password", {"current": "wrong", "password": fresh})
    assert (status, said["code"]) == (422, "wrong_password")
    assert alice.ask("POST", "/api/account/password", {"current": PASSWORD, "password": fresh})[0] == 204

    assert alice.ask("GET", "/api/board")[0] == 200
    assert elsewhere.ask("GET", "/api/board")[0] == 401
    assert elsewhere.sign_in("alice")[0] == 400
    assert elsewhere.sign_in("alice", fresh)[0] == 200


def test_the_stored_hash_is_a_slow_one_and_nothing_secret_is_in_the_log(desk, database, settings, alice):
    settings.PASSWORD_HASHERS = site_settings.PASSWORD_HASHERS
    services.account_make(
        account="dora", name="Dora Example", email="dora@mail.example", at=desk.clock.at(), actor="console"
    )
    key = services.link_make(account="dora", at=desk.clock.at(), actor="console")
    alice.sign_in("alice", "a wrong secret typed")
    alice.sign_in("a name that may be a password", "x")
    alice.sign_in("alice")

    with connection.cursor() as cursor:
        cursor.execute("SELECT payload, actor, device, stream FROM log_event")
        log = b"\n".join(bytes(one) if not isinstance(one, str) else one.encode() for row in cursor for one in row)
        cursor.execute("SELECT password FROM access_login WHERE username = 'alice'")
        _, work, *_ = cursor.fetchone()[0].split("$")
        assert int(work) >= 2**14

    for secret in (PASSWORD, key, "wrong secret", "may be a password", "Dora", "mail.example"):
        assert secret.encode() not in log
    for secret in (PASSWORD, key, "wrong secret", "may be a password"):
        assert secret.encode() not in database.stored_bytes
    assert rebuild().differences == []


def test_a_destroyed_key_leaves_the_account_and_not_who_it_was(desk):
    services.account_make(account="dora", name="Dora Example", email="d@m.example", at=desk.clock.at(), actor="console")

    keys.destroy("account/dora", reason="asked for", at=desk.clock.at(), actor="console")

    one = next(one for one in queries.list_accounts() if one.account.account == "dora")
    assert (one.account.name, one.account.email) == ("", "")
    assert rebuild().differences == []


# ---------------------------------------------------------------- the second step


@pytest.fixture
def _a_late_code_counts(settings):
    """The test may compute a code just before the next one is due."""
    settings.MFA_TOTP_TOLERANCE = 1


def code_of(secret):
    """The code that an app shows."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def set_up_codes(somebody):
    """Set up an app of codes; return its secret and the recovery codes."""
    somebody.ask("POST", "/api/account/again", {"password": PASSWORD})
    status, said = somebody.ask("POST", "/api/account/second-step/totp/new")
    assert status == 200
    assert said["svg"].startswith("<?xml")
    assert somebody.ask("POST", "/api/account/second-step/totp", {"code": "000000"})[0] == 400
    status, _ = somebody.ask("POST", "/api/account/second-step/totp", {"code": code_of(said["secret"])})
    assert status == 200
    status, codes = somebody.ask("POST", "/api/account/second-step/recovery-codes", {})
    assert status == 200
    return said["secret"], codes["data"]["unused_codes"]


@pytest.mark.usefixtures("_a_late_code_counts")
def test_with_an_app_of_codes_a_password_alone_opens_nothing(desk, database, alice):
    alice.sign_in("alice")
    secret, recovery = set_up_codes(alice)
    assert secret.encode() not in database.stored_bytes  # Sealed at rest.
    alice.ask("DELETE", "/api/session")

    status, said = alice.sign_in("alice")
    assert (status, said["code"]) == (401, "second_step")
    assert alice.ask("GET", "/api/board")[0] == 401
    assert alice.ask("POST", "/api/account/password", {"current": PASSWORD, "password": "x" * 20})[0] == 401
    assert alice.ask("POST", "/api/signin/code", {"code": "000000"})[1]["code"] == "incorrect_code"
    assert alice.ask("GET", "/api/board")[0] == 401
    assert alice.ask("POST", "/api/signin/code", {"code": code_of(secret)})[0] == 200

    assert alice.ask("GET", "/api/board")[0] == 200
    again = Somebody(desk)
    again.sign_in("alice")
    assert again.ask("POST", "/api/signin/code", {"code": code_of(secret)})[0] == 400  # Once is enough.
    assert again.ask("POST", "/api/signin/code", {"code": recovery[0]})[0] == 200
    third = Somebody(desk)
    third.sign_in("alice")
    assert third.ask("POST", "/api/signin/code", {"code": recovery[0]})[0] == 400
    how = [fact.how for _, fact in feed.read_from(0, 1000) if fact.NAME == "access.signed_in"]
    assert how == ["password", "password+totp", "password+recovery_codes"]


@pytest.mark.usefixtures("_a_late_code_counts")
def test_guessing_codes_locks_out_although_the_password_is_right_each_time(desk, alice):
    alice.sign_in("alice")
    secret, _ = set_up_codes(alice)
    thief = Somebody(desk, "192.0.2.66")
    for n in range(5):
        assert thief.sign_in("alice")[1]["code"] == "second_step"
        assert thief.ask("POST", "/api/signin/code", {"code": f"00000{n}"})[1]["code"] == "incorrect_code"

    assert thief.sign_in("alice")[1]["code"] == "second_step"
    assert thief.ask("POST", "/api/signin/code", {"code": code_of(secret)})[1]["code"] == "locked_out"
    assert thief.ask("GET", "/api/board")[0] == 401
    assert alice.ask("GET", "/api/board")[0] == 200


@pytest.mark.usefixtures("_a_late_code_counts")
def test_the_second_step_is_changed_only_with_the_password_at_hand_and_each_change_is_in_the_log(desk, alice):
    alice.sign_in("alice")
    for method, path in (
        ("POST", "/api/account/second-step/totp/new"),
        ("GET", "/api/account/second-step/keys"),
    ):
        status, said = alice.ask(method, path, {} if method == "POST" else None)
        assert (status, said["code"]) == (401, "sign_in_again"), path
        assert "secret" not in said
    set_up_codes(alice)
    assert alice.ask("DELETE", "/api/account/second-step/totp")[0] == 200

    changes = [(one.kind, one.change) for _, one in feed.read_from(0, 1000) if one.NAME == "access.second_step_changed"]
    assert changes[0] == ("totp", "added")
    assert ("totp", "removed") in changes
    assert alice.ask("GET", "/api/account/second-step")[1]["data"] == []


# ---------------------------------------------------------------- administrators


def test_an_administrator_reaches_no_further_than_their_own_agency(desk):
    make(desk, "root", "administrator")
    make(desk, "ann", "administrator@town", agency="town")
    make(desk, "zoe", "crew@elsewhere", agency="elsewhere")
    ann = Somebody(desk)
    ann.sign_in("ann")

    assert [one["account"] for one in ann.ask("GET", "/api/accounts")[1]] == ["ann"]
    for body in (
        {"account": "new1", "agency": "elsewhere"},
        {"account": "new1", "agency": "*"},
        {"account": "new1", "agency": "town", "grants": [{"role": "crew", "agency": "*"}]},
        {"account": "new1", "agency": "town", "grants": [{"role": "administrator", "agency": "elsewhere"}]},
    ):
        assert ann.ask("POST", "/api/accounts", body)[0] == 404, body
    status, said = ann.ask("POST", "/api/accounts", {"account": "new1", "agency": "town"})
    assert status == 201
    assert ann.ask("POST", "/api/accounts/new1/grants", {"role": "crew", "agency": "town"})[0] == 204
    assert ann.ask("POST", "/api/accounts/new1/grants", {"role": "crew", "agency": "elsewhere"})[0] == 404
    assert ann.ask("POST", "/api/accounts/ann/grants", {"role": "administrator", "agency": "*"})[0] == 404
    assert ann.ask("POST", "/api/accounts/zoe/password-link")[0] == 404
    assert ann.ask("POST", "/api/accounts/root/disable", {"reason": "mine"})[0] == 404
    new = Somebody(desk)
    assert new.ask("POST", "/api/password", {"key": said["key"], "password": PASSWORD})[0] == 200
    new.sign_in("new1")
    assert new.session()["roles"] == ["Crew, town"]
    assert Somebody(desk).sign_in("root")[0] == 200


def test_a_crew_presses_for_its_own_agencys_units_and_no_others_seems_to_exist(desk):
    make(desk, "bob", "crew@town")
    make(desk, "eve", "crew@elsewhere")
    bob, eve = Somebody(desk), Somebody(desk)
    bob.sign_in("bob")
    eve.sign_in("eve")

    def press(who, unit):
        return who.ask("POST", f"/api/units/{unit}/duty", {"id": new_id(), "on": False, "reason": "end of shift"})

    assert press(bob, "town/M11")[0] == 204
    foreign, nothing = press(eve, "town/M11"), press(eve, "town/Z99")
    assert foreign[0] == 404
    assert foreign == nothing
    assert desk_log(desk).count("fleet.unit_off_duty") == 1


def test_nobody_learns_about_another_agencys_people_by_putting_them_into_their_own_unit(desk):
    for person, agency in (("p-1", "town"), ("p-2", "elsewhere")):
        serves = {"agency": agency, "start": "2020-01-01"}
        assert desk.post("/api/workforce/people", id=new_id(), person=person, affiliation=serves)[0] == 201
    make(desk, "bob", "crew@town")
    make(desk, "olga", "credentialing@town")
    make(desk, "alice", "dispatcher")
    bob, olga, alice = (Somebody(desk) for _ in range(3))
    bob.sign_in("bob")
    olga.sign_in("olga")
    alice.sign_in("alice")
    duty = {"seat": "driver", "start": "2026-03-02T00:00:00Z", "end": "2026-03-02T08:00:00Z"}

    def put(who, gesture, person, **more):
        return who.ask("POST", f"/api/workforce/crews/town/M11/{gesture}", {"id": new_id(), "person": person, **more})

    assert put(bob, "on", "p-2")[0] == 404
    assert put(bob, "on", "p-2") == put(bob, "on", "p-999")
    assert put(olga, "roster", "p-2", **duty)[0] == 404
    assert put(olga, "roster", "p-2", **duty) == put(olga, "roster", "p-999", **duty)
    assert put(bob, "on", "p-1")[1]["code"] == "seat_asks_more"
    assert put(alice, "on", "p-2")[1]["code"] == "seat_asks_more"  # Who sends every agency's units knows them.


# ---------------------------------------------------------------- the command line


def run(database, *words):
    done = subprocess.run(
        [sys.executable, "-m", "goldenhour.cli", "accounts", *words],
        env=database.env,
        cwd=HOUSE,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


def test_an_account_made_on_the_command_line_signs_in_by_its_link(desk, database):
    assert run(database, "list") == (
        0,
        "",
        "There are no accounts yet. Whoever sits at this machine may do everything.\n",
    )
    status, link, said = run(database, "add", "dan", "--role", "credentialing@town", "--url", "https://ems.example")
    assert status == 0
    assert link.startswith("https://ems.example/signin#set=")
    assert "from now on everybody signs in" in said
    dan = Somebody(desk)
    key = link.strip().partition("=")[2]
    assert dan.ask("POST", "/api/password", {"key": key, "password": PASSWORD})[0] == 200
    assert dan.sign_in("dan")[0] == 200
    assert dan.ask("GET", "/api/workforce/people")[0] == 200

    assert run(database, "revoke", "dan", "credentialing", "town")[0] == 0
    assert dan.ask("GET", "/api/workforce/people")[0] == 403
    assert run(database, "grant", "dan", "planner", "*")[0] == 0
    assert dan.ask("GET", "/api/measures/day")[0] == 200
    assert json.loads(run(database, "list", "--json")[1])[0]["grants"] == [{"role": "planner", "agency": "*"}]
    assert run(database, "disable", "dan", "--reason", "left")[0] == 0
    assert dan.ask("GET", "/api/measures/day")[0] == 401


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("add", "Dan"), 2, "That cannot be the name of an account."),
        (("add", "dan@mail.example"), 2, "An e-mail address is no name."),
        (("add", "dan", "--role", "king@town"), 2, "There is no role 'king'."),
        (("add", "dan", "--role", "crew@a b"), 2, "No agency can be called 'a b'."),
        (("add", "alice"), 1, "The name alice is taken."),
        (("grant", "nobody", "crew", "town"), 1, "There is no account nobody."),
        (("revoke", "alice", "crew", "town"), 1, "alice is not Crew, town."),
        (("disable", "alice", "--reason", " "), 2, "No reason is said."),
        (("password", "nobody"), 1, "There is no account nobody."),
    ],
)
def test_the_command_line_says_in_words_what_is_wrong_and_changes_nothing(
    desk, alice, monkeypatch, capsys, words, status, said
):
    before = desk_log(desk)
    monkeypatch.setattr(sys, "argv", ["goldenhour", "accounts", *words])

    with pytest.raises(SystemExit) as stopped:
        command_line()

    told = capsys.readouterr()
    assert (stopped.value.code, told.out) == (status, "")
    assert said in told.err
    assert desk_log(desk) == before


# ---------------------------------------------------------------- the live feed


@contextlib.contextmanager
def following(house, cookie=""):
    """The feed of a running goldenhour as (status, iterator over its messages: name and data)."""
    line = http.client.HTTPConnection("127.0.0.1", house.port, timeout=60)
    line.request("GET", "/api/feed?after=0", headers={"Cookie": cookie} if cookie else {})
    answer = line.getresponse()

    def messages():
        name = ""
        while raw := answer.readline().decode():
            if raw.startswith("event: "):
                name = raw[7:].strip()
            elif raw.startswith("data: "):
                yield name, json.loads(raw[6:])

    try:
        yield answer.status, messages()
    finally:
        line.close()


@pytest.mark.slow
def test_a_live_feed_ends_with_the_right_to_hear_it_and_tells_no_account(town, tmp_path):
    def accounts(*words):
        env = {**os.environ, "GOLDENHOUR_DATA": str(tmp_path)}
        env.pop("DATABASE_URL", None)
        command = [sys.executable, "-m", "goldenhour.cli", "accounts", *words]
        return subprocess.run(command, env=env, cwd=HOUSE, capture_output=True, text=True, check=True).stdout

    with running("--region", str(town), data=tmp_path) as house:
        with following(house) as (status, said):
            assert status == 200
            assert next(said)[0] in {"fact", "clock", "reset"}
            link = accounts("add", "alice", "--role", "dispatcher", "--email", "a@mail.example")
            heard = list(said)  # Until the server hangs up.
        assert heard[-1][0] == "closed"
        assert heard[-1][1]["code"] == "not_signed_in"
        with following(house) as (status, _):
            assert status == 401

        key = link.strip().partition("=")[2]
        assert house.ask("POST", "/api/password", {"key": key, "password": PASSWORD})[0] == 200
        status, headers, _ = house.ask("POST", "/api/signin", {"username": "alice", "password": PASSWORD})
        assert status == 200
        cookie = {name.lower(): value for name, value in headers.items()}["set-cookie"].partition(";")[0]
        with following(house, cookie) as (status, said):
            assert status == 200
            facts = [data for name, data in itertools.takewhile(lambda one: one[0] != "clock", said) if name == "fact"]
            accounts("disable", "alice", "--reason", "left")
            heard = list(said)
        assert heard[-1][0] == "closed"

    of_accounts = [one for one in facts if one["name"].startswith("access.")]
    assert of_accounts
    assert {(one["actor"], one["stream"], str(one["payload"])) for one in of_accounts} == {("", "accounts", "{}")}
    assert "alice" not in json.dumps(heard)
