"""Where messages may go: no private machine, whatever it is called."""

import pytest

from goldenhour.errors import BadInput
from goldenhour.paging.targets import check_push, target_of, why_not


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "::ffff:93.184.216.34"])
def test_a_public_machine_may_be_sent_to(address):
    assert why_not(address, host="x") == ""


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
     "255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "ff02::1", "::ffff:10.0.0.1", "64:ff9b::a00:1",
     "2002:a00:1::", "2001:0:1::1", "192.0.2.1", "198.18.0.1", "240.0.0.1"],
)  # fmt: skip
def test_a_private_machine_is_not(address):
    assert "private" in why_not(address, host="x")


def test_what_the_operator_allows_may_be_private_and_without_tls():
    allowed = target_of("http://pager.lan/x?y=1", allowed=["pager.lan"])
    assert (allowed.host, allowed.port, allowed.path, allowed.secure) == ("pager.lan", 80, "/x?y=1", False)
    assert target_of("http://127.0.0.1:8090/", allowed=["127.0.0.1:8090"]).name == "127.0.0.1:8090"
    with pytest.raises(BadInput):
        target_of("http://127.0.0.1:8091/", allowed=["127.0.0.1:8090"])


def test_the_address_is_taken_apart():
    there = target_of("https://Hooks.Example.org:8443", allowed=())
    assert (there.host, there.port, there.path, there.name) == (
        "hooks.example.org",
        8443,
        "/",
        "hooks.example.org:8443",
    )
    assert target_of("https://hooks.example.org/a b".replace(" ", "%20"), allowed=()).path == "/a%20b"


@pytest.mark.parametrize(
    "url",
    ["https://a.b:99999/", "https://[::1", "https://a.b/#x", "https://a.b/\r\nX: y", "//a.b/", "https://0x7f000001/",
     "https://0177.0.0.1/", "https://intranet/", "https://b\u00fccher.de/"],
)  # fmt: skip
def test_what_is_no_address_is_refused(url):
    with pytest.raises(BadInput):
        target_of(url, allowed=())


def test_a_push_goes_to_a_push_service_alone():
    assert check_push("https://fcm.googleapis.com/fcm/send/x", allowed=()).host == "fcm.googleapis.com"
    assert check_push("https://web.push.apple.com/x", allowed=()).host == "web.push.apple.com"
    for url in ("https://push.apple.com.evil.org/x", "https://evilpush.apple.org/x", "https://example.org/x"):
        with pytest.raises(BadInput) as refused:
            check_push(url, allowed=())
        assert refused.value.code == "unknown_push_service"
