"""A webhook's signature: what a receiver may believe, and what not."""

import hashlib
import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenhour.paging.signing import TOLERANCE_S, signature, why_not_genuine

BODY, AT = b'{"what":"station_alert"}', 1772402551


def why(body=BODY, header=None, *, secrets=("one",), at_s=AT, **more):
    header = signature(BODY, secrets=["one"], at_s=AT) if header is None else header
    return why_not_genuine(body, header, secrets=secrets, at_s=at_s, **more)


def test_the_signature_is_the_hmac_of_the_time_and_the_body():
    mac = hmac.new(b"one", b'1772402551.{"what":"station_alert"}', hashlib.sha256).hexdigest()
    assert signature(BODY, secrets=["one"], at_s=AT) == f"t={AT},v1={mac}"


def test_a_genuine_request_is_believed_within_the_tolerance_and_not_beyond():
    assert why() == ""
    assert why(at_s=AT + TOLERANCE_S) == ""
    assert why(at_s=AT - TOLERANCE_S) == ""
    assert "too long ago" in why(at_s=AT + TOLERANCE_S + 1)
    assert "clocks" in why(at_s=AT - TOLERANCE_S - 1)
    assert why(at_s=AT + 1000, tolerance_s=1000) == ""


def test_another_body_time_or_secret_is_not_believed():
    header = signature(BODY, secrets=["one"], at_s=AT)
    assert why(BODY + b" ") != ""
    assert why(secrets=("two",)) != ""
    assert why(secrets=()) != ""
    assert why(header=header.replace(f"t={AT}", f"t={AT + 1}")) != ""  # Played again with a fresher time.


def test_while_a_secret_is_replaced_a_receiver_that_knows_either_believes():
    both = signature(BODY, secrets=["new", "old"], at_s=AT)
    for secrets in (("new",), ("old",), ("old", "new"), ("x", "new")):
        assert why(header=both, secrets=secrets) == ""
    assert why(header=both, secrets=("x",)) != ""
    assert why(header=signature(BODY, secrets=["new"], at_s=AT), secrets=("old",)) != ""


@pytest.mark.parametrize(
    "header",
    ["", "t=", "v1=00", f"t={AT}", "t=x,v1=00", f"t={AT},t={AT},v1=00", f"t={AT},v0=00", "t=٣,v1=00", "t=-5,v1=00",
     f"t={AT}," + "v1=00," * 500],
)  # fmt: skip
def test_a_header_that_is_none_is_refused_in_words(header):
    assert why(header=header) != ""


@given(st.text(max_size=80))
def test_no_header_breaks_the_check(header):
    assert why(header=header) != ""
