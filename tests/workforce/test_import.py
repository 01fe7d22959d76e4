"""A file of people: each line is reported, nothing is half done, twice is once, and what costs much waits."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from goldenhour.cli.workforce import app
from goldenhour.errors import BadInput, Refused
from goldenhour.log.live import feed
from goldenhour.log.live.rebuild import rebuild
from goldenhour.workforce import people_file
from goldenhour.workforce.live import importing, queries
from goldenhour.workforce.live.services import By
from tests.shell import typed

AT = datetime(2026, 3, 1, 14, 2, 31, tzinfo=UTC)
WHO = "person,given_name,family_name,agency,service,role,practice_level"
HEAD = f"{WHO},kind,place,level,name,issuer,number,issued,expires\n"
ANN = "N-1,Ann,Example,north,ambulance,,,licence,EX,Paramedic,,,P-1,2025-01-01,2027-01-31\n"
ANN_NREMT = "N-1,,,,,,,certificate,US,Paramedic,,NREMT,,2025-01-01,2027-03-31\n"
BOB = "N-2,Bob,Other,north,ambulance,driver,EMR,licence,EX,EMT-Basic,,,P-2,2025-06-01,5/31/2027\n"


def by(actor="alice", agencies=None, at=AT, **more):
    return By(actor=actor, at=at, agencies=agencies, **more)


def take(text, **more):
    check = more.pop("check", False)
    return importing.people_import(text=text, by=by(**more), check=check)


def person(id, agencies=None):
    return queries.get_person(id, agencies=agencies, at=AT)


def means(found):
    return [(one.line, one.means) for one in found.lines]


def rebuilt():
    return rebuild().differences == []


def test_people_with_several_credentials_come_in_and_each_line_is_reported(database):
    found = take(HEAD + ANN + ANN_NREMT + BOB)

    assert (found.done, found.facts) == (True, 7)
    assert [one.what for one in found.lines] == [
        "n-1: is added; paramedic licence of EX until 31 January 2027; serves in north.",
        "n-1: paramedic certificate of US until 31 March 2027.",
        "n-2: is added; EMT licence of EX until 31 May 2027; serves in north.",
    ]
    ann, bob = person("n-1"), person("n-2")
    assert (ann.name, ann.credentials[1].number, ann.credentials[0].issuer) == ("Ann Example", "P-1", "nremt")
    assert bob.affiliations[0].practice == "emr"  # Although the licence stands in a later column.
    assert rebuilt()


def test_the_same_file_twice_is_once(database):
    text = HEAD + ANN + ANN_NREMT + BOB
    take(text)
    head = feed.head().position

    again = take(text)

    assert (again.done, again.facts) == (True, 0)
    assert means(again) == [(2, "same"), (3, "same"), (4, "same")]
    assert feed.head().position == head


def test_one_wrong_line_and_nothing_is_taken_in(database):
    found = take(HEAD + ANN + BOB.replace("2025-06-01", "yesterday") + ANN_NREMT.replace("US", "Narnia"))

    assert not found.done
    assert means(found) == [(2, "change"), (3, "fault"), (4, "fault")]
    assert all(one.do for one in found.faults)
    assert feed.head().position == 0
    assert queries.list_people(agencies=None, at=AT) == []


def test_a_dry_run_reports_the_same_and_does_nothing(database):
    checked = take(HEAD + ANN + BOB, check=True)

    assert feed.head().position == 0
    assert (checked.done, checked.facts) == (False, take(HEAD + ANN + BOB).facts)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", 1, "no column `person`"),
        ("name\nAnn\n", 1, "no column `person`"),
        ("person,salary\nn-1,1\n", 1, "Column 2 has a name that is not known"),
        ("person,person\nn-1,n-1\n", 1, "twice"),
        ("person,agency\nn-1,north,more\n", 2, "more values than columns"),
        ('person,agency\n"n-1,north\n', 2, ""),
        ("person,agency\nSmith,north\n", 2, "no id"),
        ("person,agency,service\nn-1,north,circus\n", 2, "not known"),
        ("person,pay\nn-1,paid\n", 2, "Which agency"),
        ("person,agency,practice_level\nn-1,north,EMT\n", 2, "no licence as EMT or above"),
        ("person,place\nn-1,EX\n", 2, "What kind of credential"),
        ("person,kind,place,level\nn-1,licence,EX,EMT\n", 2, "Since when"),
        ("person,kind,place,level,issued\nn-1,licence,EX,EMT,2025-01-01\n", 2, "last day"),
        ("person,kind,place,level,issued,expires\nn-1,licence,US,EMT,2025-01-01,2026-01-01\n", 2, "of a state"),
        ("person,kind,place,level,issued,expires\nn-1,licence,EX,Wizard,2025-01-01,2026-01-01\n", 2, "no such level"),
        ("person,kind,place,level,issued,expires\nn-1,licence,EX,EMT,2025-01-01,2024-12-30\n", 2, "ends before"),
        ("person,kind,place,level,issued,expires\nn-1,licence,EX,EMT,2025-01-01,31/12/2026\n", 2, "no day"),
        ("person,kind,place,issued\nn-1,endorsement,EX,2025-01-01\n", 2, "has a name"),
        ("person,given_name\nn-1,Ann\nn-1,Anna\n", 3, "Line 2 says otherwise"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_line_and_what_to_do(text, line, words, database):
    found = take(text)

    (fault, *_) = found.faults
    assert fault.line == line
    assert words in fault.what
    assert fault.do
    assert feed.head().position == 0


def test_a_later_end_renews_an_earlier_one_corrects_and_blanks_stay(database):
    take(HEAD + ANN + "".join(f"N-{k},,,north,,,,licence,EX,EMT,,,,2025-01-01,2027-01-31\n" for k in range(3, 40)))

    renewed = take("person,kind,place,level,issued,expires\nn-1,licence,EX,paramedic,2027-02-01,2029-01-31\n")
    assert "renewed until 31 January 2029" in renewed.lines[0].what
    shorter = take("person,kind,place,level,expires\nn-3,licence,EX,EMT,2026-02-28\n")
    assert "ends 28 February 2026" in shorter.lines[0].what

    ann = person("n-1")
    assert (ann.name, ann.credentials[0].number) == ("Ann Example", "P-1")
    assert [one.what.value for one in ann.credentials[0].history] == ["issued", "renewed"]
    assert [one.what.value for one in person("n-3").credentials[0].history] == ["issued", "corrected"]
    old = take(HEAD + ANN)  # The file from before the renewal does not take it back.
    assert [one.means for one in old.lines] == ["fault"]
    assert "known is a later term" in old.lines[0].what
    assert rebuilt()


def test_a_file_does_not_undo_a_revocation(database):
    take(HEAD + ANN)
    from goldenhour.workforce.live.services import credential_revoke  # noqa: PLC0415

    credential_revoke(person="n-1", credential="n-1:licence:EX:paramedic", by=by())

    assert take(HEAD + ANN).facts == 0  # The file from before does not license her again.
    later = take("person,kind,place,level,expires\nn-1,licence,EX,paramedic,2029-01-31\n")
    assert "revoked since 1 March 2026" in later.faults[0].what
    anew = take("person,kind,place,level,issued,expires\nn-1,licence,EX,paramedic,2026-03-02,2028-03-31\n")

    assert anew.facts == 1
    first, second = person("n-1").credentials
    assert [first.on(day).status.value for day in (AT.date(), AT.date().replace(day=2))] == ["revoked", "revoked"]
    assert second.id == f"{first.id}:2"
    assert "known is a later term" in take(HEAD + ANN).faults[0].what
    assert rebuilt()


def drop(count, of):
    """A file in which so many of so many lose their licence today, and the file from before."""
    head = "person,agency,kind,place,level,issued,expires\n"
    row = "n-{},north,licence,EX,EMT,2025-01-01,{}\n"
    before = head + "".join(row.format(k, "2027-01-31") for k in range(of))
    return before, head + "".join(row.format(k, "2026-02-28" if k < count else "2027-01-31") for k in range(of))


@pytest.mark.parametrize(("count", "of", "waits"), [(1, 20, False), (2, 20, True), (2, 40, False), (3, 40, True)])
def test_more_than_five_percent_waits_for_a_second_person(count, of, waits, database):
    before, after = drop(count, of)
    take(before)
    head = feed.head().position

    found = take(after)

    assert (bool(found.proposal), found.done) == (waits, not waits)
    if not waits:
        return
    assert f"{count} of {of} live-licensed people" in found.why
    assert feed.head().position == head + 1  # The proposal, and nothing else.
    with pytest.raises(Refused, match="yourself"):
        importing.proposal_confirm(proposal=found.proposal, by=by("alice"))
    assert feed.head().position == head + 1
    importing.proposal_confirm(proposal=found.proposal, by=by("bob"))
    assert person("n-0").credentials[0].on(AT.date()).status.value == "lapsed"
    assert person(f"n-{count}").credentials[0].on(AT.date()).status.value == "live"
    assert rebuilt()


def test_a_waiting_file_is_confirmed_by_a_second_officer_of_the_agency_and_nobody_elses(database):
    before, after = drop(2, 20)
    take(before)
    own, other = frozenset({"north"}), frozenset({"south"})
    found = take(after, agencies=own)

    assert queries.list_proposals(agencies=other) == []
    with pytest.raises(Refused, match="no such waiting change"):
        importing.proposal_confirm(proposal=found.proposal, by=by("carla", other))
    importing.proposal_confirm(proposal=found.proposal, by=by("bob", own))

    assert person("n-0").credentials[0].on(AT.date()).status.value == "lapsed"


def test_an_officer_takes_in_only_her_own_agencys_people(database):
    take(HEAD + ANN)
    south = frozenset({"south"})

    taken = take("person,email\nn-1,x@example.org\n", agencies=south)
    assert "belongs to somebody else" in taken.faults[0].what
    foreign = take("person,agency\ns-1,north\n", agencies=south)
    assert "do not act for that agency" in foreign.faults[0].what
    own = take("person,given_name\ns-1,Carla\n", agencies=south)

    assert own.done
    assert [one.agency for one in person("s-1").affiliations] == ["south"]
    assert person("n-1").email == ""


def test_a_repeated_request_is_one_import(database):
    one = "019b0000-0000-7000-8000-000000000001"
    first, again = take(HEAD + ANN, id=one), take(HEAD + ANN, id=one)

    assert (first.done, again.done, first.facts, again.facts) == (True, True, 3, 3)
    assert feed.head().position == 4


def test_a_file_too_long_for_one_entry_is_refused_whole(database):
    rows = "".join(f"n-{k},north\n" for k in range(600))

    with pytest.raises(BadInput, match="entries"):
        take("person,agency\n" + rows)

    assert feed.head().position == 0


CELL = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.dictionaries(st.sampled_from(people_file.COLUMNS), CELL, max_size=8), max_size=5), text=CELL)
def test_whatever_stands_in_a_file_it_is_reported_and_never_a_traceback(rows, text, database):
    import csv  # noqa: PLC0415
    import io  # noqa: PLC0415

    out = io.StringIO()
    writer = csv.DictWriter(out, people_file.COLUMNS)
    writer.writeheader()
    writer.writerows(rows)

    for one in (out.getvalue(), text, f"person\n{text}"):
        found = take(one, check=True)
        assert all(line.means in {"fault", "change", "same", "note"} for line in found.lines)
    assert feed.head().position == 0


# ---------------------------------------------------------------- the console


def goldenhour(*words, code=0):
    done = CliRunner().invoke(app, words, catch_exceptions=False)
    assert done.exit_code == code, done.output
    return done.stdout


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "people.csv"
    path.write_text("\ufeff" + HEAD + ANN.replace("2027", "2099") + BOB.replace("2027", "2099"), encoding="utf-8")
    return str(path)


def test_the_console_takes_a_file_in_and_shows_names_only_when_asked(database, file):
    assert "5 entries would be made." not in goldenhour("people")
    assert "6 entries would be made." in goldenhour("import", file, "--actor", "alice", "--check")
    assert feed.head().position == 0
    assert "6 entries were made." in goldenhour("import", file, "--actor", "alice")
    assert "2 lines change nothing." in goldenhour("import", file, "--actor", "alice")

    plain = goldenhour("people") + goldenhour("person", "n-1") + goldenhour("expiring")
    assert "n-1" in plain
    assert "Ann" not in plain
    assert "Ann Example" in goldenhour("people", "--names")
    assert [one["person"] for one in json.loads(goldenhour("people", "--json"))["people"]] == ["n-1", "n-2"]
    assert "1 of 2 fit." in goldenhour("lacking", "--place", "EX", "--level", "paramedic")


def test_from_the_shell_a_wrong_file_is_exit_2_with_its_lines_and_names_nobody(database, tmp_path):
    path = tmp_path / "wrong.csv"
    path.write_text(HEAD + ANN.replace("2027-01-31", "Example"))

    done = typed("workforce", "import", path, "--actor", "alice")

    assert done.returncode == 2
    assert done.stdout.startswith("line 2: expires: That is no day.")
    assert "nothing was taken in" in done.stderr
    assert "Example" not in done.stdout + done.stderr


def test_the_console_refuses_the_same_person_and_lets_another_confirm(database, tmp_path):
    before, after = tmp_path / "before.csv", tmp_path / "after.csv"
    texts = drop(2, 20)
    before.write_text(texts[0].replace("2027", "2099"))
    after.write_text(texts[1].replace("2027", "2099"))
    goldenhour("import", str(before), "--actor", "alice")
    said = goldenhour("import", str(after), "--actor", "alice")
    proposal = goldenhour("proposals").split()[0]
    assert f"goldenhour workforce confirm {proposal}" in said

    with pytest.raises(Refused, match="yourself"):
        goldenhour("confirm", proposal, "--actor", "alice")
    assert "The change is made." in goldenhour("confirm", proposal, "--actor", "bob")
    assert goldenhour("proposals") == ""
