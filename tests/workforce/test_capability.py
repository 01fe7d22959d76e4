"""What a crew counts for: heads, levels, skills, the right to carry a patient; here, now, and until when."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenhour.workforce.capability import Member, Vehicle, asserted, capability, ending_soon, foreseen, sign_on
from goldenhour.workforce.credentials import Affiliation, Change, Credential, Kind, Person, Service, What
from goldenhour.workforce.crews import Seat

NOON = datetime(2026, 4, 20, 17, tzinfo=UTC)  # In EX it is noon.
M12 = Vehicle(call_sign="M12", agency="ems", carries=True, levels=("paramedic", "emt"))
E1 = Vehicle(call_sign="E1", agency="ems", levels=("emt", "emr", "emr"), crew=3, medical=False)


def held(kind, level="", *, place="EX", name="", start=date(2024, 5, 1), until=date(2028, 5, 1), more=()):
    history = (Change(what=What.ISSUED, day=start, until=until, position=1), *more)
    return Credential(
        id=f"{kind}:{place}:{level or name}", kind=kind, place=place, level=level, name=name, history=history
    )


def person(*credentials, name="p-1", agency="ems", practice="", role="care"):
    own = Affiliation(agency=agency, service=Service.AMBULANCE, start=date(2020, 1, 1), practice=practice, role=role)
    return Person(id=name, credentials=credentials, affiliations=(own,))


def licensed(level, **more):
    return person(held(Kind.LICENCE, level, **more))


def counts(*people, vehicle=M12, place="EX", at=NOON, roles=()):
    crew = [Member(person=one, role=roles[number] if number < len(roles) else "") for number, one in enumerate(people)]
    return capability(crew, vehicle, place, at)


def test_two_paramedics_are_two():
    found = counts(licensed("paramedic"), licensed("paramedic"))

    assert found.levels == ("paramedic", "paramedic")
    assert found.has("paramedic", 2)
    assert found.has("emt", 2)
    assert not found.has("paramedic", 3)
    assert found.why_no_care("paramedic", 3) == "has 2 paramedics aboard, not 3"
    assert counts(licensed("paramedic"), licensed("emt")).why_no_care("paramedic", 2) == "has 1 paramedic aboard, not 2"


@pytest.mark.parametrize(
    ("at", "levels"),
    [
        (datetime(2026, 5, 1, 4, 59, 59, tzinfo=UTC), ("paramedic", "emt")),  # The last second of 30 April in EX.
        (datetime(2026, 5, 1, 5, tzinfo=UTC), ("emt",)),
    ],
)
def test_a_licence_ends_at_midnight_by_the_licensing_states_clock(at, levels):
    found = counts(licensed("paramedic", until=date(2026, 5, 1)), licensed("emt"), at=at)

    assert found.levels == levels
    assert (found.warnings == ()) == (len(levels) == 2)
    if len(levels) == 1:
        assert found.why_no_care("paramedic") == (
            "has no paramedic aboard: the paramedic's licence lapsed on 1 May 2026"
        )
        assert found.can_transport is False  # Who holds no certificate is no second member in EX.
        assert "the paramedic's licence lapsed on 1 May 2026" in found.why_no_transport


def test_a_licence_of_another_state_ends_at_that_states_midnight():
    at = datetime(2026, 5, 15, 5, tzinfo=UTC)  # Midnight in Missouri; 23:00 the day before in Montana.
    away = held(Kind.LICENCE, "paramedic", place="MT", until=date(2026, 5, 15))
    privilege = held(Kind.COMPACT_PRIVILEGE, place="MO")

    for moment, levels in ((at, ("paramedic",)), (at + timedelta(hours=1), ())):
        assert counts(person(away, privilege), place="MO", at=moment).levels == levels


def test_what_a_place_has_no_rule_for_counts_and_is_marked():
    found = counts(licensed("paramedic", place="OR"), licensed("emt", place="OR"), place="OR")

    assert (found.levels, found.can_transport) == (("paramedic", "emt"), True)
    assert "the paramedic: no rule book for OR" in found.unconfirmed
    assert "no rule of OR says who must be aboard to carry a patient" in found.unconfirmed
    assert found.can("naloxone_intranasal")
    assert found.is_presumed("naloxone_intranasal")
    assert not counts(licensed("emr", place="OR"), place="OR").can("cricothyrotomy_needle")  # What no EMR ever may.


def test_a_place_whose_clock_nobody_knows_empties_no_ambulance():
    found = counts(licensed("paramedic"), licensed("emt"), place="NZ-AUK")

    assert found.levels == ("paramedic", "emt")
    assert found.unconfirmed


@pytest.mark.parametrize(
    ("someone", "why"),
    [
        (person(held(Kind.CERTIFICATE, "paramedic", place="US")), "permits nothing by itself"),
        (licensed("paramedic", place="TX"), "No privilege of the compact carries"),
        (
            licensed("paramedic", more=(Change(what=What.SUSPENDED, day=date(2026, 4, 1), position=2),)),
            "was suspended on",
        ),
        (licensed("paramedic", more=(Change(what=What.REVOKED, day=date(2026, 4, 1), position=2),)), "was revoked on"),
        (person(), "no licence of EX is on record"),
        (licensed("paramedic", start=date(2026, 6, 1)), "begins on 1 June 2026"),
    ],
)
def test_who_holds_no_right_here_is_not_counted_and_the_words_say_why(someone, why):
    found = counts(someone, licensed("emt"))

    assert found.levels == ("emt",)
    assert why in found.warnings[0]
    assert found.crew == 2  # Aboard all the same, and may drive where the place lets them.


def test_a_limited_licence_counts_and_is_marked():
    limit = Change(what=What.RESTRICTED, day=date(2026, 4, 1), words="no intubation", position=2)

    found = counts(licensed("paramedic", more=(limit,)), licensed("emt"))

    assert found.levels == ("paramedic", "emt")
    assert found.unconfirmed == ("the paramedic's licence is restricted",)  # The limit itself is not for a board.


def test_the_agencys_lower_practice_level_counts_with_that_agency_alone():
    someone = person(held(Kind.LICENCE, "paramedic"), practice="emt")

    assert counts(someone).levels == ("emt",)
    assert counts(someone, vehicle=Vehicle(call_sign="E9", agency="other")).levels == ("paramedic",)


def test_who_has_a_command_role_is_out_of_the_count_and_of_the_crew():
    crew = (licensed("paramedic"), licensed("emt"), licensed("emt"))

    assert counts(*crew).can_transport
    one_out = counts(*crew, roles=("incident_commander",))
    assert (one_out.levels, one_out.can_transport, one_out.crew) == (("emt", "emt"), True, 2)
    two_out = counts(*crew, roles=("incident_commander", "safety"))
    assert (two_out.levels, two_out.can_transport) == (("emt",), False)
    assert two_out.why_no_transport.startswith("has a crew of 1, and a transport needs 2")
    assert two_out.warnings == ("the paramedic has incident commander", "the EMT has safety")


def test_a_driver_without_care_is_no_warning():
    driver = person(held(Kind.DRIVER, name="ambulance"), role="driver")

    found = counts(licensed("paramedic"), driver)

    assert (found.levels, found.crew, found.warnings) == (("paramedic",), 2, ())
    assert "driver" in found.endorsements


@pytest.mark.parametrize(
    ("at", "may"),
    [
        (datetime(2026, 1, 1, 5, 59, tzinfo=UTC), False),  # 31 December in EX.
        (datetime(2026, 1, 1, 6, tzinfo=UTC), True),
    ],
)
def test_a_skill_counts_from_the_day_the_rule_of_the_place_says(at, may):
    found = counts(licensed("emr"), vehicle=E1, at=at)

    assert bool(found.can("naloxone_intranasal") and not found.is_presumed("naloxone_intranasal")) is may


def test_rescue_is_a_credential_of_its_own():
    assert "rescue" not in counts(licensed("paramedic")).endorsements
    both = person(held(Kind.LICENCE, "emr"), held(Kind.RESCUE, place="US", name="rescue_technician"))
    assert "rescue" in counts(both).endorsements


def test_nobody_aboard_is_a_crew_of_nobody():
    found = counts()

    assert (found.levels, found.crew, found.can_transport) == ((), 0, False)
    assert found.why_no_transport == "has a crew of 0, and a transport needs 2"


def test_while_nobody_is_named_the_agencys_word_counts_and_is_marked():
    found = asserted(M12, "EX", NOON)

    assert (found.levels, found.can_transport, found.named) == (("paramedic", "emt"), True, False)
    assert found.unconfirmed == ("its agency says who is aboard, nobody by name",)
    assert found.can("naloxone_intranasal")
    nothing_said = asserted(Vehicle(call_sign="M1", carries=True), "EX", NOON)
    assert nothing_said.has("paramedic")
    assert nothing_said.can_transport
    assert nothing_said.unconfirmed == ("its agency states no care level",)
    emrs = asserted(Vehicle(call_sign="V1", carries=True, levels=("emr", "emr")), "EX", NOON)
    assert not emrs.can_transport
    assert not asserted(Vehicle(call_sign="E9", medical=False), "EX", NOON).has("emr")


moments = st.datetimes(datetime(2024, 1, 1), datetime(2029, 1, 1)).map(lambda one: one.replace(tzinfo=UTC))
CREW = (
    licensed("paramedic", until=date(2026, 5, 1)),
    licensed("emt", more=(
        Change(what=What.SUSPENDED, day=date(2026, 6, 1), until=date(2026, 7, 1), position=2),
    )),
    person(held(Kind.LICENCE, "emr", until=date(2027, 2, 2)), held(Kind.RESCUE, place="US", name="technician")),
)  # fmt: skip


@given(at=moments, share=st.floats(0, 1, exclude_max=True))
def test_an_answer_holds_from_since_until_just_before_until(at, share):
    now = counts(*CREW, at=at)
    assert now.since is None or now.since <= at
    assert now.until is None or at < now.until
    start, end = now.since or at, now.until or at + timedelta(days=400)

    other = counts(*CREW, at=min(start + (end - start) * share, end - timedelta(microseconds=1)))

    assert (other.levels, other.can_transport, other.skills, other.endorsements, other.warnings) == (
        now.levels, now.can_transport, now.skills, now.endorsements, now.warnings,
    )  # fmt: skip


@given(at=moments)
def test_what_is_foreseen_comes_true_and_nothing_changes_before(at):
    crew = [Member(person=one) for one in CREW]
    now = capability(crew, M12, "EX", at)
    ahead = foreseen(crew, M12, "EX", now, by=at + timedelta(days=90))

    if ahead is None:
        later = capability(crew, M12, "EX", at + timedelta(days=90))
        assert (later.counted, later.warnings) == (now.counted, now.warnings)
        return
    before = capability(crew, M12, "EX", ahead.at - timedelta(seconds=1))
    then = capability(crew, M12, "EX", ahead.at)
    assert (before.counted, before.warnings) == (now.counted, now.warnings)
    assert (then.counted, then.warnings) != (now.counted, now.warnings)
    assert (then.levels, then.can_transport) == (ahead.levels, ahead.can_transport)


@pytest.mark.parametrize(
    ("before_h", "said"),
    [
        (90 * 24 + 1, []),
        (90 * 24, ["The EMT's licence of EX ends on 30 April 2026 at midnight, in 90 days."]),
        (48, ["The EMT's licence of EX ends on 30 April 2026 at midnight, in 2 days."]),
        (47, ["The EMT's licence of EX ends on 30 April 2026 at midnight, in 47 h."]),
        (0, []),
    ],
)
def test_what_ends_is_told_from_ninety_days_before_to_the_hour(before_h, said):
    end = datetime(2026, 5, 1, 5, tzinfo=UTC)
    someone = licensed("emt", until=date(2026, 5, 1))

    assert list(ending_soon(someone, end - timedelta(hours=before_h))) == said


def test_signing_on_says_what_the_seat_asks_and_what_nobody_can_confirm():
    lead = Seat(unit="ems/M12", name="attendant", level="paramedic", endorsements=frozenset({"rescue"}))

    found = sign_on(licensed("emt"), lead, M12, "EX", NOON)
    assert found.lacks == (
        "attendant of M12 asks for paramedic or above: counts as EMT here today.",
        "attendant of M12 asks for rescue: none on record that holds.",
    )
    driver = Seat(unit="ems/M12", name="driver")
    assert sign_on(licensed("emt", place="OR"), driver, M12, "OR", NOON).warnings == (
        "Unconfirmed: the EMT: no rule book for OR.",
    )
    assert sign_on(licensed("emt"), driver, M12, "EX", NOON).lacks == ()
