"""The demo's people: one account of each role, with a password that everybody may know, on the demo's own database."""

from datetime import datetime

from goldenhour.access.live import queries, services
from goldenhour.access.roles import EVERY, Grant, Role
from goldenhour.roads.live import region
from goldenhour.workforce.credentials import known_places, standing_at, state_of
from goldenhour.workforce.live import queries as workforce

PASSWORD = "golden-hour-demo"  # noqa: S105 -- Shown on the sign-in page. A demo answers only its own machine.
ACTOR = "demo"


def grants(agencies: list[str], hospitals: list[str]) -> dict[str, tuple[Grant, ...]]:
    """Return the demo's accounts: one of each role, a second officer of the same agency, and one of another.

    Args:
        agencies: keys of the region's agencies, the one with the most units first.
        hospitals: ids of its hospitals.
    """
    first, second = agencies[0], agencies[-1]
    found: dict[str, tuple[Grant, ...]] = {role.replace("_", "."): (Grant(role, first),) for role in Role}
    found["state.office"] = (Grant(Role.STATE_OFFICE, EVERY),)
    found["administrator"] = (Grant(Role.ADMINISTRATOR, EVERY),)
    for role in (Role.CALL_TAKER, Role.DISPATCHER, Role.SUPERVISOR, Role.PLANNER):
        found[role.replace("_", ".")] = (Grant(role, EVERY),)
    if hospitals:
        found["hospital"] = (Grant(Role.HOSPITAL, hospitals[0]),)
    found["credentialing.2"] = (Grant(Role.CREDENTIALING, first),)  # What one proposes, the other confirms.
    if second != first:
        found["credentialing.3"] = (Grant(Role.CREDENTIALING, second),)
    return found


def people() -> list[dict[str, str]]:
    """Return the demo's accounts as the sign-in page offers them."""
    return [
        {"account": one.account.account, "words": "; ".join(grant.words for grant in one.grants)}
        for one in queries.list_accounts()
    ]


def _somebody(agency: str, at: datetime) -> str:
    """Return one of the agency's EMTs in the books, to whom the crew's account belongs; "" for nobody."""
    place = state_of(region.jurisdiction())
    if place not in known_places():
        return ""
    people = workforce.list_people(agencies=None, at=at, agency=agency)
    return next((one.id for one in people if standing_at(one, place, at).level == "emt"), "")


def open_demo(*, at: datetime, volunteer: str = "") -> None:
    """Make the demo's people, ready to sign in.

    Args:
        at: when the page opens.
        volunteer: who of the books is on call in a village, to be paged and to answer as an account of their own.
    """
    if queries.any_account():
        return
    here = region.get_region()
    units = [row["agency"] for row in here.table("units")]
    agencies = sorted(set(units), key=lambda one: (-units.count(one), one)) or ["demo"]
    hospitals = [row["id"] for row in here.table("hospitals")]
    given = grants(agencies, hospitals)
    people = {"crew": _somebody(agencies[0], at), "volunteer": volunteer}
    if volunteer:
        own = workforce.get_person(volunteer, agencies=None, at=at)
        given["volunteer"] = (Grant(Role.CREW, own.affiliations[0].agency),)
    for account, granted in given.items():
        services.account_make(account=account, grants=granted, person=people.get(account, ""), at=at, actor=ACTOR)
        key = services.link_make(account=account, at=at, actor=ACTOR)
        services.password_set(key=key, password=PASSWORD, at=at)
