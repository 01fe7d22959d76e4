"""People and their credentials: days, histories, where somebody stands, what ends, who lacks what for a seat."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenhour.errors import BadInput, Refused
from goldenhour.workforce import credentials as c
from goldenhour.workforce.credentials import (
    Affiliation,
    Change,
    Credential,
    Kind,
    Person,
    SeatNeed,
    Service,
    Status,
    What,
    standing,
)
from goldenhour.workforce.entry import affiliation_facts, person_id
from goldenhour.workforce.history import person_after, worst_drop
from goldenhour.workforce.levels import levels

D = date
START, UNTIL = D(2024, 5, 1), D(2026, 5, 1)


def change(what, day, until=None, position=0, **more):
    return Change(what=What(what), day=day, until=until, position=position, **more)


def history(*changes):
    return tuple(
        Change(**{name: getattr(one, name) for name in Change.__dataclass_fields__} | {"position": k})
        for k, one in enumerate(changes, start=1)
    )


def licence(*changes, level="paramedic", place="KS", kind=Kind.LICENCE, **more):
    own = f"x-1:{kind.value}:{place}:{level or more.get('name')}"
    return Credential(id=own, kind=kind, place=place, level=level, history=history(*changes), **more)


def issued(start=START, until=UNTIL):
    return change("issued", start, until)


def person(*held, affiliations=()):
    return Person(id="x-1", credentials=held, affiliations=affiliations)


def statuses(credential, *days):
    return [credential.on(day).status.value for day in days]


# ---------------------------------------------------------------- days


def test_a_licence_holds_on_its_last_day_and_not_on_the_day_after():
    one = licence(issued(until=c.until_of(D(2026, 4, 30))))

    assert statuses(one, D(2024, 4, 30), D(2024, 5, 1), D(2026, 4, 30), D(2026, 5, 1)) == [
        "not_yet", "live", "live", "lapsed",
    ]  # fmt: skip
    assert c.expires_of(D(2026, 5, 1)) == D(2026, 4, 30)


def test_the_words_name_the_day_it_lapsed():
    who = person(licence(issued()))

    assert standing(who, "KS", D(2026, 5, 1)).why == "The paramedic's licence lapsed on 1 May 2026."
    assert standing(who, "KS", D(2026, 4, 30)).why == "The paramedic's licence of KS holds until 30 April 2026."
    assert standing(who, "KS", D(2024, 4, 30)).why == "The paramedic's licence begins on 1 May 2024."
    assert standing(person(), "KS", D(2026, 1, 1)).why == "No licence of KS is on record."


@pytest.mark.parametrize(
    ("place", "utc"),
    [
        ("KS", "2026-05-01T05:00:00+00:00"),  # Central, although four counties keep Mountain time.
        ("ID", "2026-05-01T06:00:00+00:00"),  # Mountain, the capital's.
        ("FL", "2026-05-01T04:00:00+00:00"),
        ("AK", "2026-05-01T08:00:00+00:00"),
        ("HI", "2026-05-01T10:00:00+00:00"),
        ("US-CA", "2026-05-01T07:00:00+00:00"),
        ("AZ/tucson-fire", "2026-05-01T07:00:00+00:00"),
    ],
)
def test_a_day_begins_at_the_licensing_places_own_midnight(place, utc):
    moment = datetime.fromisoformat(utc)
    assert c.midnight(D(2026, 5, 1), place) == moment
    assert c.day_at(moment, place) == D(2026, 5, 1)
    assert c.day_at(moment - timedelta(microseconds=1), place) == D(2026, 4, 30)


def test_every_state_has_a_clock_and_every_clock_exists():
    states = (
        "AK AL AR AZ CA CO CT DC DE FL GA HI IA ID IL IN KS KY LA MA MD ME MI MN MO MS MT NC ND NE NH NJ NM NV NY OH "
        "OK OR PA RI SC SD TN TX UT VA VT WA WI WV WY PR GU VI AS MP US EX"
    )
    assert set(states.split()) == set(c.known_places())
    assert all(str(c.zone_of(place)) in available_timezones() for place in c.known_places())
    with pytest.raises(BadInput, match="no state whose clock is known"):
        c.zone_of("ZZ")


def test_at_one_moment_it_may_be_over_in_one_state_and_not_yet_in_another():
    east = licence(issued(), place="NY")
    west = licence(issued(), place="CA")
    who = person(east, west)
    at = datetime(2026, 5, 1, 5, 0, tzinfo=UTC)  # 01:00 in New York, 22:00 the day before in California.

    assert not c.standing_at(who, "NY", at).live
    assert c.standing_at(who, "CA", at).live
    assert c.next_change_at([who], at) == c.midnight(D(2026, 5, 1), "CA")


# ---------------------------------------------------------------- histories


def test_a_suspension_lies_over_the_term_and_ends_of_itself_or_when_it_is_lifted():
    dated = licence(issued(), change("suspended", D(2025, 1, 1), D(2025, 3, 1)))
    assert statuses(dated, D(2024, 12, 31), D(2025, 1, 1), D(2025, 2, 28), D(2025, 3, 1)) == [
        "live", "suspended", "suspended", "live",
    ]  # fmt: skip

    lifted = licence(issued(), change("suspended", D(2025, 1, 1)), change("reinstated", D(2025, 2, 1)))
    assert statuses(lifted, D(2025, 1, 31), D(2025, 2, 1), D(2026, 5, 1)) == ["suspended", "live", "lapsed"]


def test_a_renewal_before_the_end_goes_on_and_one_after_it_leaves_the_gap():
    early = licence(issued(), change("renewed", D(2026, 5, 1), D(2028, 5, 1)))
    late = licence(issued(), change("renewed", D(2026, 6, 1), D(2028, 6, 1)))

    assert statuses(early, D(2026, 4, 30), D(2026, 5, 1), D(2028, 5, 1)) == ["live", "live", "lapsed"]
    assert statuses(late, D(2026, 4, 30), D(2026, 5, 1), D(2026, 5, 31), D(2026, 6, 1)) == [
        "live", "lapsed", "lapsed", "live",
    ]  # fmt: skip


def test_what_is_revoked_or_given_back_stays_so_and_a_limit_does_not_end_it():
    revoked = licence(issued(), change("revoked", D(2025, 1, 1)))
    limited = licence(issued(), change("restricted", D(2025, 1, 1), D(2025, 6, 1), words="No intubation alone."))

    assert statuses(revoked, D(2024, 12, 31), D(2025, 1, 1), D(2030, 1, 1)) == ["live", "revoked", "revoked"]
    assert statuses(limited, D(2025, 1, 1), D(2025, 6, 1)) == ["restricted", "live"]
    here = standing(person(limited), "KS", D(2025, 1, 1))
    assert (here.live, here.restrictions) == (True, ("No intubation alone.",))
    assert standing(person(limited), "KS", D(2025, 6, 1)).restrictions == ()


def test_a_correction_that_ends_counts_only_until_then_and_for_ever_once_verified():
    wrong = change("corrected", D(2026, 5, 1), D(2028, 5, 1), holds_until=D(2026, 5, 15))
    one = licence(issued(), wrong)
    assert statuses(one, D(2026, 5, 1), D(2026, 5, 14), D(2026, 5, 15)) == ["live", "live", "lapsed"]

    looked_up = licence(issued(), wrong, change("verified", D(2026, 5, 3)))
    assert statuses(looked_up, D(2026, 5, 15), D(2028, 4, 30), D(2028, 5, 1)) == ["live", "live", "lapsed"]
    assert looked_up.verified.day == D(2026, 5, 3)


def test_a_correction_strikes_an_entry_that_should_not_be_there():
    one = licence(issued(), change("revoked", D(2025, 1, 1)), change("corrected", D(2025, 1, 5), strikes=2))

    assert statuses(one, D(2025, 1, 1), D(2025, 1, 5), D(2026, 5, 1)) == ["live", "live", "lapsed"]


def test_anything_done_after_a_look_up_clears_it():
    seen = (issued(), change("verified", D(2024, 5, 2)))

    assert licence(*seen).verified is not None
    for what in ("renewed", "suspended", "restricted", "corrected", "lapsed", "surrendered", "revoked", "reinstated"):
        assert licence(*seen, change(what, D(2024, 6, 1), D(2028, 1, 1))).verified is None, what


@pytest.mark.parametrize(
    ("done", "what", "allowed"),
    [
        ((), "issued", True),
        ((), "renewed", False),
        (("issued",), "issued", False),
        (("issued",), "renewed", True),
        (("issued",), "reinstated", False),
        (("issued", "suspended"), "reinstated", True),
        (("issued", "revoked"), "renewed", False),
        (("issued", "revoked"), "suspended", False),
        (("issued", "revoked"), "corrected", True),
        (("issued", "surrendered"), "renewed", False),
        (("issued", "lapsed"), "lapsed", False),
        (("issued", "lapsed"), "renewed", True),
    ],
)
def test_what_can_be_done_follows_from_what_was_done(done, what, allowed):
    past = history(*(issued() if one == "issued" else change(one, D(2025, 1, 1)) for one in done))

    assert (c.refusal_of(past, What(what), D(2025, 2, 1)) == "") == allowed


DAYS = st.dates(D(2024, 1, 1), D(2024, 3, 1))
CHANGES = st.builds(
    lambda what, day, length, start: Change(
        what=what, day=day, until=None if length is None else day + timedelta(days=length),
        start=start if what is What.CORRECTED else None, words="x",
        holds_until=day + timedelta(days=5) if what is What.CORRECTED and length == 7 else None,
    ),
    st.sampled_from(What), DAYS, st.one_of(st.none(), st.integers(1, 40)), st.one_of(st.none(), DAYS),
)  # fmt: skip


@given(changes=st.lists(CHANGES, max_size=6), day=st.dates(D(2023, 12, 1), D(2024, 6, 1)))
def test_spans_have_no_gap_differ_from_their_neighbours_and_agree_with_every_day(changes, day):
    one = licence(issued(D(2024, 1, 10), D(2024, 2, 10)), *changes)
    spans = one.spans

    for before, after in pairwise(spans):
        assert before.end == after.start
        assert (before.status, before.level, before.words) != (after.status, after.level, after.words)
    assert not spans or spans[-1].end is None
    assert sum(span.on(day) for span in spans) == (bool(spans) and spans[0].start <= day)
    # Asked day by day, from the history as it counts on that day, it is the same.
    alone = c._status(c._fold(one.history, day, "paramedic"), day)[0]
    assert one.on(day).status is alone or (alone is Status.NOT_YET and not any(span.on(day) for span in spans))


# ---------------------------------------------------------------- where somebody stands


def test_the_highest_licence_that_holds_is_taken_and_a_lower_one_after_it_lapsed():
    who = person(licence(issued(), level="emt"), licence(issued(until=D(2025, 5, 1))))

    assert standing(who, "KS", D(2025, 4, 30)).level == "paramedic"
    assert standing(who, "KS", D(2025, 5, 1)).level == "emt"
    assert standing(who, "KS", D(2025, 5, 1)).live


def test_a_licence_elsewhere_and_a_certificate_are_told_and_make_nobody_live():
    away = standing(person(licence(issued(), place="MO")), "KS", D(2025, 1, 1))
    assert (away.live, away.by, away.licence, away.level) == (False, "elsewhere", "MO", "paramedic")

    nremt = licence(issued(), kind=Kind.CERTIFICATE, place="US", issuer="nremt")
    alone = standing(person(nremt), "KS", D(2025, 1, 1))
    assert (alone.live, alone.by) == (False, "certificate")
    assert alone.why.endswith("A certificate of NREMT as paramedic permits nothing by itself.")
    lapsed = standing(person(nremt, licence(issued(until=D(2025, 1, 1)))), "KS", D(2025, 1, 1))
    assert lapsed.why == "The paramedic's licence lapsed on 1 January 2025."  # No more than who waits has to read.


def test_a_recorded_privilege_counts_until_a_licence_anywhere_is_touched():
    home = licence(issued(), place="MO")
    privilege = licence(issued(), kind=Kind.COMPACT_PRIVILEGE, place="KS")
    assert standing(person(home, privilege), "KS", D(2025, 1, 1)).by == "privilege"

    for touched in ("restricted", "suspended", "revoked"):
        bad = licence(issued(), change(touched, D(2025, 1, 1), words="x"), kind=Kind.COMPACT_PRIVILEGE, place="NE")
        before = standing(person(home, privilege, bad), "KS", D(2024, 12, 31))
        after = standing(person(home, privilege, bad), "KS", D(2025, 1, 1))
        assert before.live
        assert not after.live
        assert touched in after.barred


def test_endorsements_count_where_they_were_given_and_rescue_and_driving_everywhere():
    held = (
        licence(issued()),
        licence(issued(), kind=Kind.ENDORSEMENT, level="", name="emt_iv"),
        licence(issued(), kind=Kind.ENDORSEMENT, level="", name="airway", place="MO"),
        licence(issued(), kind=Kind.RESCUE, level="", name="rope", place="US"),
        licence(issued(until=D(2025, 1, 1)), kind=Kind.DRIVER, level="", name="cdl", place="MO"),
    )

    assert standing(person(*held), "KS", D(2024, 12, 31)).endorsements == {"emt_iv", "rescue", "driver"}
    assert standing(person(*held), "KS", D(2025, 1, 1)).endorsements == {"emt_iv", "rescue"}


def test_the_practice_level_is_the_agencys_and_never_above_the_licence():
    def serves(practice):
        own = Affiliation(agency="village", service=Service.FIRE, start=D(2024, 1, 1), practice=practice)
        return person(licence(issued(), level="aemt"), affiliations=(own,))

    here = standing(serves("emt"), "KS/village", D(2025, 1, 1))
    assert (here.level, here.practice) == ("aemt", "emt")
    assert standing(serves("emt"), "KS", D(2025, 1, 1), agency="other").practice == "aemt"
    assert standing(serves("paramedic"), "KS", D(2025, 1, 1), agency="village").practice == "aemt"
    with pytest.raises(Refused, match="no licence as paramedic"):
        above = Affiliation(agency="village", service=Service.FIRE, start=D(2024, 1, 1), practice="paramedic")
        affiliation_facts(serves(""), above, None)


def test_within_means_not_above_and_a_special_level_is_only_within_itself():
    assert c.is_within("emr", "paramedic")
    assert not c.is_within("paramedic", "emt")
    assert c.is_within("paramedic", "critical_care_paramedic")
    assert not c.is_within("critical_care_paramedic", "paramedic")
    assert all(c.is_within(level, level) for level in levels())


# ---------------------------------------------------------------- what changes, ends, is lacking


def test_the_next_change_is_the_next_day_anything_changes():
    own = Affiliation(agency="north", service=Service.EMS, start=D(2024, 6, 1), end=D(2025, 6, 1))
    who = person(licence(issued(), change("suspended", D(2025, 1, 1), D(2025, 3, 1))), affiliations=(own,))

    assert c.changes(who) == (
        D(2024, 5, 1), D(2024, 6, 1), D(2025, 1, 1), D(2025, 3, 1), D(2025, 6, 1), D(2026, 5, 1),
    )  # fmt: skip
    assert c.next_change(who, D(2025, 1, 1)) == D(2025, 3, 1)
    assert c.next_change(who, D(2026, 5, 1)) is None


@pytest.mark.parametrize(
    ("days", "notice"), [(91, None), (90, 90), (61, 90), (60, 60), (31, 60), (30, 30), (8, 30), (7, 7), (0, 7)]
)
def test_it_is_warned_at_90_60_30_and_7_days(days, notice):
    at = c.midnight(D(2026, 4, 30) - timedelta(days=days), "KS")

    found = c.expiring(person(licence(issued())), at)

    assert [one.notice for one in found] == ([] if notice is None else [notice])
    if found:
        assert (found[0].days_left, found[0].expires) == (days, D(2026, 4, 30))
        assert found[0].ends_at == c.midnight(D(2026, 5, 1), "KS")


def test_what_is_renewed_or_over_is_not_warned_of():
    at = c.midnight(D(2026, 4, 1), "KS")
    renewed = licence(issued(), change("renewed", D(2026, 5, 1), D(2028, 5, 1)))

    assert c.expiring(person(renewed), at) == ()
    assert c.expiring(person(licence(issued())), c.midnight(D(2026, 5, 1), "KS")) == ()
    assert c.expiring(person(licence(issued(), change("revoked", D(2026, 3, 1)))), at) == ()


def test_who_lacks_what_for_a_seat_reads_it():
    seat = SeatNeed(level="paramedic", endorsements=frozenset({"driver"}))
    emt, lapsed = person(licence(issued(), level="emt")), person(licence(issued(until=D(2025, 1, 1))))
    fit = person(licence(issued()), licence(issued(), kind=Kind.DRIVER, level="", name="cdl"))

    assert c.lacks(fit, seat, "KS", D(2025, 6, 1)) == ()
    assert c.lacks(emt, seat, "KS", D(2025, 6, 1)) == (
        "The seat needs paramedic; the licence is as EMT.", "No driver on record that holds.",
    )  # fmt: skip
    assert c.lacks(lapsed, seat, "KS", D(2025, 6, 1))[0] == "The paramedic's licence lapsed on 1 January 2025."
    assert c.lacks(lapsed, SeatNeed(), "KS", D(2025, 6, 1)) == ()


# ---------------------------------------------------------------- what a change would cost


def group(count, agency="north"):
    own = (Affiliation(agency=agency, service=Service.EMS, start=D(2024, 1, 1)),)
    return [
        Person(id=f"x-{k}", credentials=(licence(issued(until=D(2027, 1, 1)), place="EX"),), affiliations=own)
        for k in range(count)
    ]


def shortened(who, until):
    from goldenhour.workforce.events import CredentialCorrected  # noqa: PLC0415

    return person_after(who, [
        CredentialCorrected(
            person=who.id, credential=who.credentials[0].id, day="2026-03-01", start="", until=until.isoformat(),
            level="", strikes=0, holds_until="", proposal="",
        )
    ])  # fmt: skip


def test_the_worst_day_within_ninety_days_is_what_a_change_costs():
    people, today = group(20), D(2026, 3, 1)

    one = worst_drop(people, [shortened(people[0], D(2026, 3, 1))], today)
    assert (one.dropped, one.of, one.share) == (1, 20, 0.05)
    later = worst_drop(people, [shortened(people[k], D(2026, 5, 29)) for k in range(3)], today)
    assert (later.dropped, later.day) == (3, D(2026, 5, 29))
    assert worst_drop(people, [shortened(people[0], D(2026, 7, 1))], today) is None  # Warned of in its own time.
    assert worst_drop(people, people[:3], today) is None


def test_the_smallest_place_that_is_hit_hardest_is_named():
    own = (Affiliation(agency="village", service=Service.FIRE, start=D(2024, 1, 1)),)
    people = [*group(40), Person(id="y-1", credentials=group(1)[0].credentials, affiliations=own)]

    found = worst_drop(people, [shortened(people[-1], D(2026, 3, 1))], D(2026, 3, 1))

    assert (found.where, found.dropped, found.of) == ("village", 1, 1)


# ---------------------------------------------------------------- names


@pytest.mark.parametrize("text", ["Smith", "ann.example", "O'Hara", "", "x", "Ann 1", "-1", "a" * 41 + "1"])
def test_a_name_is_no_persons_id_and_is_not_said_again(text):
    with pytest.raises(BadInput) as refused:
        person_id(text)
    assert not text or text not in refused.value.what + refused.value.do or len(text) < 2


def test_who_somebody_is_is_not_in_what_a_log_line_would_show():
    who = Person(id="x-1", given_name="Ann", family_name="Example", email="ann@example.org", languages=("es",))

    assert "Ann" not in repr(who)
    assert "example" not in repr(who).lower()
    assert "P77" not in repr(licence(issued(), number="P77"))
