"""A state's StateDataSet becomes a rule book, whole or not at all, and never answers for a real place."""

import csv
from collections import Counter
from datetime import date

import pytest
import yaml
from typer.testing import CliRunner

from goldenhour.cli.main import gather
from goldenhour.errors import BadInput, Refused
from goldenhour.workforce import state_dataset
from goldenhour.workforce.books import load_books
from goldenhour.workforce.levels import level_of_code, levels
from goldenhour.workforce.scope import Ask, decide

CASE = "nemsis/cases/full/2025-STATE-1_v351.xml"
HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<StateDataSet xmlns="http://www.nemsis.org" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xsi:schemaLocation="http://www.nemsis.org https://nemsis.org/media/nemsis_v3/3.5.1.250403CP1/XSDs/'
    'NEMSIS_XSDs/StateDataSet_v3.xsd" timestamp="2026-02-03T10:00:00-06:00" effectiveDate="2026-03-01T00:00:00-06:00">'
)


def group(kind, level, *codes, attributes=""):
    first, second = ("02", "03") if kind == "Procedure" else ("04", "05")
    listed = "".join(f"<sConfiguration.{second}{attributes}>{one}</sConfiguration.{second}>" for one in codes)
    name = f"sConfiguration.{kind}Group"
    return f"<{name}><sConfiguration.{first}>{level}</sConfiguration.{first}>{listed}</{name}>"


def xml(*, head=HEAD, state="49", levels=("9917003", "9917005"), groups=None, tail="</sConfiguration></StateDataSet>"):
    if groups is None:
        groups = group("Procedure", "9917003", "7443007") + group("Procedure", "9917005", "7443007", "47545007")
        groups += group("Medication", "9917005", "7242")
    listed = "".join(f"<sConfiguration.01>{one}</sConfiguration.01>" for one in levels)
    return f"{head}<sState><sState.01>{state}</sState.01></sState><sConfiguration>{listed}{groups}{tail}".encode()


def parse(content):
    return state_dataset.parse(content, where="state.xml")


def book(content, place="XT"):
    return state_dataset.book_of(parse(content), place=place, source="state.xml")


def test_the_counts_of_each_level_are_those_of_the_published_test_case(shared):
    expected = Counter()
    with (shared / "nemsis/dictionary/scope_of_practice_testcase.csv").open(newline="") as file:
        for row in csv.DictReader(file):
            if row["source"] == "STATE-1":
                expected[level_of_code("state_cert", row["level_code"]).key, row["kind"]] += 1

    made = state_dataset.book_of(state_dataset.read(shared / CASE), place="XT", source="the test case")

    assert state_dataset.counts_of(made) == dict(expected)
    assert sum(expected.values()) == 433


def test_each_level_is_permitted_exactly_the_codes_of_the_test_case(shared):
    with (shared / "nemsis/dictionary/scope_of_practice_testcase.csv").open(newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["source"] == "STATE-1"]
    systems = {"": "snomed", "9924003": "rxnorm", "9924005": "snomed"}

    found = state_dataset.read(shared / CASE).permissions

    assert {(one.level, one.kind, one.system, one.code) for one in found} == {
        (row["level_code"], row["kind"], systems[row["code_type"]], row["code"]) for row in rows
    }


def test_a_book_is_synthetic_begins_when_the_file_is_effective_and_names_its_source():
    made = book(xml())

    assert made["synthetic"] is True
    assert made["place"] == "XT"
    lines = made["levels"] + made["skills"]
    assert {line["from"] for line in lines} == {date(2026, 3, 1)}
    assert {line["source"] for line in lines} == {"state.xml"}
    assert len({line["id"] for line in lines}) == len(lines)
    assert not any(line.get("first_known") for line in lines)


def test_a_level_that_the_list_leaves_out_is_denied_and_the_others_are_allowed():
    lines = {line["skills"][0]: line for line in book(xml())["skills"]}

    assert (lines["snomed:7443007"]["allow"], lines["snomed:7443007"]["deny"]) == (["emr", "emt"], [])
    assert (lines["snomed:47545007"]["allow"], lines["snomed:47545007"]["deny"]) == (["emt"], ["emr"])
    assert (lines["rxnorm:7242"]["allow"], lines["rxnorm:7242"]["deny"]) == (["emt"], ["emr"])


@pytest.mark.parametrize("place", ["CT", "US", "EX", "09", "X", "XTT", "CT/agency", "xt"])
def test_no_book_can_be_made_for_a_place_that_could_be_real(place):
    with pytest.raises(BadInput, match="could be a real place"):
        book(xml(), place=place)


def test_without_an_effective_date_the_real_start_is_said_to_be_unknown():
    head = HEAD.replace(' effectiveDate="2026-03-01T00:00:00-06:00"', "")

    made = book(xml(head=head))

    assert {line["from"] for line in made["skills"]} == {date(2026, 2, 3)}
    assert all(line["first_known"] for line in made["levels"] + made["skills"])


def test_blood_products_are_kept_by_the_code_system_that_the_file_says():
    groups = group("Procedure", "9917005", "7443007")
    groups += group("Medication", "9917005", "33389009", attributes=' CodeType="9924005"')

    found = {line["skills"][0] for line in book(xml(groups=groups))["skills"]}

    assert found == {"snomed:7443007", "snomed:33389009"}


def test_what_is_listed_twice_counts_once_and_is_said():
    groups = group("Procedure", "9917003", "7443007", "7443007") + group("Medication", "9917003", "7242")

    read = parse(xml(groups=groups))

    assert read.counts()["9917003", "procedure"] == 1
    assert len(read.notes) == 1
    assert "listed twice" in read.notes[0]


def test_permissions_of_a_level_that_is_not_recognised_are_left_out_and_said():
    groups = group("Procedure", "9917007", "47545007", "7443007") + group("Procedure", "9917003", "7443007")
    groups += group("Medication", "9917003", "7242")

    read = parse(xml(groups=groups))

    assert {one.level for one in read.permissions} == {"9917003"}
    assert read.notes == ("line 2: 2 procedures for 9917007, which is not among the state's levels: left out.",)


WHOLE = xml().decode()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "not XML"),
        (b"This is no XML.", "not XML"),
        (WHOLE.replace("</StateDataSet>", "").encode(), "cut short: it ends inside StateDataSet"),
        (WHOLE[: WHOLE.index("47545007")].encode(), "cut short: it ends inside sConfiguration.03"),
        (WHOLE.replace("StateDataSet xmlns", "EMSDataSet xmlns").encode(), "holds EMSDataSet, not a NEMSIS"),
        (WHOLE.replace('www.nemsis.org" xmlns:xsi', 'other" xmlns:xsi').encode(), "namespace http://other"),
        (WHOLE.replace("3.5.1.250403CP1", "3.4.0.200910CP2").encode(), "is of NEMSIS 3.4.0.200910CP2; 3.5 is read"),
        (WHOLE.replace("3.5.1.250403CP1", "release-2.2.1").encode(), "is of NEMSIS 2.2.1"),
        (WHOLE.replace("xsi:schemaLocation", "made").encode(), "does not say which NEMSIS version"),
        (xml(levels=()), "recognises no level"),
        (xml(levels=("",)), "recognises no level"),
        (xml(groups=""), "lists no procedure"),
        (xml(groups=group("Procedure", "9917003", "7443007")), "lists no medication"),
        (xml(groups=group("Procedure", "9917007", "7443007")), "lists no procedure for any level that it recognises"),
        (xml(state=""), "names no state"),
        (xml(state="Connecticut"), "no ANSI state code"),
        (xml(levels=("EMT",)), "no level code"),
        (xml(groups=group("Procedure", "9917003", "Intubation")), "no code"),
        (xml(groups=group("Medication", "9917003", "7242", attributes=' CodeType="9924001"')), "code type 9924001"),
        (WHOLE.replace("2026-03-01T00:00:00-06:00", "tomorrow").encode(), "effectiveDate is 'tomorrow'"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_whole_state_dataset_is_refused_in_words(content, said):
    with pytest.raises(BadInput) as refused:
        parse(content)

    assert said in refused.value.what
    assert "state.xml" in refused.value.what
    assert refused.value.do


ENTITY = '<!DOCTYPE StateDataSet [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>\n'
OUTSIDE = '<!DOCTYPE StateDataSet SYSTEM "http://127.0.0.1:1/evil.dtd">\n'
FILE = '<!DOCTYPE StateDataSet [<!ENTITY x SYSTEM "file:///etc/hostname">]>\n'


@pytest.mark.parametrize("doctype", [ENTITY, OUTSIDE, FILE, "<!DOCTYPE StateDataSet>\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_is_refused_in_any_encoding(doctype, encoding):
    head, rest = WHOLE.split("\n", 1)
    content = f"{head}\n{doctype}{rest}".replace('encoding="UTF-8"', f'encoding="{encoding}"').encode(encoding)

    with pytest.raises(BadInput, match="document type"):
        parse(content)


def test_a_file_nested_without_end_is_refused():
    with pytest.raises(BadInput, match="nested deeper"):
        parse((HEAD + "<sState>" * 1000).encode())


def test_an_element_of_somebody_elses_namespace_says_nothing():
    foreign = '<x:sConfiguration.03 xmlns:x="urn:other">44806002</x:sConfiguration.03>'
    content = WHOLE.replace("<sConfiguration.03>47545007", foreign + "<sConfiguration.03>47545007")

    assert "44806002" not in {one.code for one in parse(content.encode()).permissions}


def test_a_book_is_written_whole_and_the_same_one_again_changes_nothing(tmp_path):
    made = book(xml())

    file = state_dataset.write_book(made, tmp_path / "books")
    before = file.read_bytes()
    again = state_dataset.write_book(made, tmp_path / "books")

    assert again == file
    assert file.read_bytes() == before
    assert yaml.safe_load(before) == made
    assert [one.name for one in (tmp_path / "books").iterdir()] == ["xt.yaml"]


def test_another_book_of_the_place_is_not_overwritten_unless_asked(tmp_path):
    file = state_dataset.write_book(book(xml()), tmp_path)
    before = file.read_bytes()
    other = book(xml(levels=("9917003", "9917005", "9917007")))

    with pytest.raises(Refused, match="is there already"):
        state_dataset.write_book(other, tmp_path)
    assert file.read_bytes() == before

    state_dataset.write_book(other, tmp_path, replace=True)
    assert yaml.safe_load(file.read_text()) == other
    assert len(list(tmp_path.iterdir())) == 1


def test_the_official_files_that_are_no_state_dataset_are_refused_by_name(shared):
    others = [file for file in sorted((shared / "nemsis/cases").rglob("*.xml")) if "STATE" not in file.name]
    assert len(others) > 5
    for file in others:
        with pytest.raises(BadInput, match=file.name):
            state_dataset.read(file)


# ---------------------------------------------------------------- the command, and asking the book


def run(*words):
    return CliRunner().invoke(gather("scope"), ["scope", *map(str, words)])


def test_the_command_writes_a_book_that_answers_for_its_own_place_from_its_day_on(tmp_path):
    (tmp_path / "state.xml").write_bytes(xml())
    done = run("import", tmp_path / "state.xml", "-o", tmp_path / "books")
    assert done.exit_code == 0, done.output
    books = load_books((tmp_path / "books",))

    def verdict(level, skill, on=date(2026, 3, 1), place="XT"):
        return decide(Ask(level=level, skill=skill, place=place, on=on), books).verdict

    assert verdict("emt", "snomed:47545007") == "allow"
    assert verdict("emr", "snomed:47545007") == "deny"
    assert verdict("emt", "snomed:47545007", on=date(2026, 2, 28)) == "unknown"
    assert verdict("emt", "snomed:44806002") == "unknown"  # The file says nothing of it.
    assert verdict("emt", "snomed:47545007", place="UT") == "unknown"  # Never for the state whose file it is.


def test_the_published_test_case_never_answers_for_connecticut(shared, tmp_path):
    assert run("import", shared / CASE, "-o", tmp_path).exit_code == 0
    books = load_books((tmp_path,))

    for one in state_dataset.read(shared / CASE).permissions:
        level = level_of_code("state_cert", one.level).key
        for place, verdict in (("CT", "unknown"), ("XT", "allow")):
            ask = Ask(level=level, skill=f"{one.system}:{one.code}", place=place, on=date(2026, 1, 1))
            assert decide(ask, books).verdict == verdict, (ask, place)


def test_with_the_users_own_list_a_codes_permission_is_said_of_the_skill_too(tmp_path):
    (tmp_path / "state.xml").write_bytes(xml())
    listed = "skill,system,code,label\nCPAP,SNOMED,47545007,CPAP\nnaloxone_intranasal,RxNorm,7242,naloxone\n"
    (tmp_path / "codes.csv").write_text(listed)
    words = ("import", tmp_path / "state.xml", "-o", tmp_path / "books", "--codes", tmp_path / "codes.csv")
    assert run(*words).exit_code == 0
    books = load_books((tmp_path / "books",))

    verdicts = {
        (level, skill): decide(Ask(level=level, skill=skill, place="XT", on=date(2026, 3, 1)), books).verdict
        for level in ("emr", "emt")
        for skill in ("cpap", "naloxone_intranasal", "oral_airway")
    }

    assert verdicts == {
        ("emr", "cpap"): "deny",
        ("emt", "cpap"): "allow",
        ("emr", "naloxone_intranasal"): "deny",
        ("emt", "naloxone_intranasal"): "allow",
        ("emr", "oral_airway"): "unknown",  # The list does not map its code.
        ("emt", "oral_airway"): "unknown",
    }


def test_the_test_case_with_the_reference_list_of_codes_loads_without_a_conflict(shared, tmp_path):
    codes = shared / "reference/workforce/skill_nemsis_map.csv"

    assert run("import", shared / CASE, "-o", tmp_path, "--codes", codes).exit_code == 0

    books = load_books((tmp_path,))
    assert decide(Ask(level="paramedic", skill="cpap", place="XT", on=date(2026, 1, 1)), books).verdict == "allow"
    assert books.places["XT"].synthetic
    assert set(books.places["XT"].levels) <= set(levels())


@pytest.mark.parametrize("words", [("--place", "CT"), ("--place", "US"), ("--codes", "nowhere.csv")])
def test_a_wrong_call_writes_nothing(tmp_path, words):
    (tmp_path / "state.xml").write_bytes(xml())

    done = run("import", tmp_path / "state.xml", "-o", tmp_path / "books", *words)

    assert isinstance(done.exception, BadInput)
    assert not (tmp_path / "books").exists()


def test_a_file_cut_short_writes_nothing_and_leaves_the_book_that_was_there(tmp_path):
    (tmp_path / "state.xml").write_bytes(xml())
    assert run("import", tmp_path / "state.xml", "-o", tmp_path / "books").exit_code == 0
    before = (tmp_path / "books" / "xt.yaml").read_bytes()
    (tmp_path / "cut.xml").write_bytes(xml()[:-40])

    done = run("import", tmp_path / "cut.xml", "-o", tmp_path / "books", "--replace")

    assert isinstance(done.exception, BadInput)
    assert (tmp_path / "books" / "xt.yaml").read_bytes() == before
    assert len(list((tmp_path / "books").iterdir())) == 1
