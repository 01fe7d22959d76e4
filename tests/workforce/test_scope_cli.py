"""`goldenhour scope`: the answer in words, in JSON and in the exit code; a wrong call in a sentence."""

import csv
import html.parser
import io
import json
import re

import pytest
from typer.testing import CliRunner

from goldenhour.cli.scope import app
from goldenhour.errors import BadInput
from goldenhour.workforce.skills import skills
from tests.shell import typed
from tests.workforce.scope_books import HEAD, LEVELS, write

run = CliRunner()


def scope(*args, code=None):
    """Return what the command prints; `code` is what it must exit with."""
    done = run.invoke(app, [str(one) for one in args])
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    assert code is None or done.exit_code == code, done.output
    return done


def decide(*args, code, level="EMR", skill="naloxone_intranasal", place="US", on="2026-01-01"):
    given = ["--level", level, "--skill", skill, "--place", place, "--on", on]
    return json.loads(scope("decide", *given, *args, "--json", code=code).stdout)


RULES = """
skills:
  - {id: zz-1, skills: [cpap], allow: [emt], when: {order: [online]}, from: 2015-01-01, source: "Zed <b>Code</b> 2"}
  - {id: zz-2, skills: [vaccination_emergency], allow: [emt], when: {declared: true}, from: 2015-01-01, source: Zed 3}
  - {id: zz-3, skills: [oral_airway], allow: [emr, emt], deny: [aemt], from: 2015-01-01, source: Zed 4, confidence: C}
"""


@pytest.fixture
def zed(tmp_path):
    """A folder with the book of Zed."""
    return write(tmp_path / "books", HEAD + LEVELS + RULES)


def test_allow_deny_and_unknown_are_told_by_the_exit_code_too():
    yes = decide(code=0)
    assert yes["verdict"] == "allow"
    assert set(yes["findings"][0]) == {
        "layer", "verdict", "what", "rule", "source", "from", "to", "confidence", "unconfirmed", "note",
    }  # fmt: skip
    assert re.fullmatch(r"[0-9a-f]{64}", yes["rules_hash"])
    assert decide(code=1, skill="Cardioversion")["verdict"] == "deny"
    assert decide(code=3, on="2018-01-01")["verdict"] == "unknown"


def test_a_skill_is_asked_by_its_label_whatever_the_case_and_a_level_by_any_title():
    assert decide(code=0, skill="opioid ANTAGONIST: intranasal unit dose")["ask"]["skill"] == "naloxone_intranasal"
    assert decide(code=0, level="First Responder")["ask"]["level"] == "emr"
    assert decide(code=0, place="us")["ask"]["place"] == "US"


def test_a_person_reads_the_answer_with_its_rule_and_source():
    told = scope("decide", "--level", "EMR", "--skill", "cpap", "--place", "US", "--on", "2026-01-01", code=1).stdout
    assert told.startswith("DENY  EMR, CPAP, ")
    words = " ".join(told.split())
    assert 'an EMR may not do "CPAP"' in words
    assert "us-airway-emt" in words
    assert "DOT HS 812 666" in words


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["--level", "EMRR"], 'no level "EMRR"'),
        (["--skill", "levitation"], 'no skill "levitation"'),
        (["--place", "Z"], "no state or territory"),
        (["--place", "Atlantis"], "no state or territory"),
        (["--on", "2026-13-01"], '"2026-13-01" is no day'),
        (["--on", "01/02/2026"], "is no day"),
        (["--on", "20260101"], "is no day"),
        (["--on", "2026-W01-1"], "is no day"),
        (["--licence", "QQ"], "no state or territory"),
        (["--role", "king"], '"king" is no role'),
        (["--setting", "moon"], '"moon" is no setting'),
        (["--route", "ear"], '"ear" is no route'),
        (["--order", "maybe"], '"maybe" is no order'),
        (["--age", "-1"], "is no age"),
        (["--age", "nan"], "is no age"),
        (["--books", "no-such-folder"], "is no file or folder"),
    ],
)
def test_a_wrong_call_is_refused_in_a_sentence(args, words):
    good = {"--level": "EMR", "--skill": "cpap", "--place": "US", "--on": "2026-01-01"}
    good |= dict(zip(args[::2], args[1::2], strict=True))
    with pytest.raises(BadInput) as refused:  # The command line turns it into words and exit 2: see the next test.
        scope("decide", *[one for pair in good.items() for one in pair])
    assert words in refused.value.what
    assert refused.value.do


def test_letters_of_no_state_are_a_place_without_a_book():
    decision = decide(code=3, place="zz")
    assert "no rule book for ZZ; add scope_rules/zz.yaml. ZZ is no state" in decision["findings"][0]["what"]
    assert decide("--role", "command", code=1, place="ZZ")["verdict"] == "deny"


@pytest.mark.parametrize("said", ["no", "None", "false", "0", " "])
def test_an_emergency_that_nobody_declared_is_none(said):
    drugs = {"skill": "emergency_drugs_declared", "place": "OH", "on": "2026-06-01"}
    assert decide("--declared", said, code=1, **drugs)["verdict"] == "deny"
    assert decide("--declared", "governor", code=0, **drugs)["verdict"] == "allow"


def test_two_questions_in_one_call_are_refused():
    with pytest.raises(BadInput, match="--on is given twice"):
        scope("decide", "--level", "EMR", "--skill", "cpap", "--place", "US", "--on", "2026-01-01", "--on=2020-01-01")


def test_a_label_of_several_skills_is_told_apart():
    with pytest.raises(BadInput) as refused:
        decide(code=2, skill="OPA and NPA")
    assert "ask for one: oral_airway, nasal_airway" in refused.value.do


def test_the_command_line_exits_2_on_a_wrong_call_without_a_traceback():
    done = typed("scope", "decide", "--level", "EMRR", "--skill", "cpap", "--place", "US", "--on", "2026-01-01")
    assert done.returncode == 2
    assert done.stdout == ""
    assert "Did you mean EMR" in done.stderr
    assert "Traceback" not in done.stderr
    missing = typed("scope", "decide", "--level", "EMR")
    assert missing.returncode == 2
    assert "--skill" in missing.stderr


def test_the_exit_code_of_an_answer_comes_through_the_whole_command_line():
    done = typed(
        "scope", "decide", "--level", "EMR", "--skill", "cpap", "--place", "CT", "--on", "2026-01-01", "--json"
    )
    assert done.returncode == 3
    assert "no rule book for CT; add scope_rules/ct.yaml" in json.loads(done.stdout)["findings"][0]["what"]


def zz(zed, *args, code, **more):
    return decide("--books", zed, *args, code=code, place="ZZ", **{"level": "emt", "skill": "cpap"} | more)


def test_what_the_rule_asks_for_can_be_said(zed):
    zz(zed, "--order", "online", code=0)
    zz(zed, "--order", "standing", code=1)
    zz(zed, code=3)
    zz(zed, "--order", "online", "--role", "Incident Commander", code=1)
    zz(zed, "--order", "online", "--licence", "NREMT", code=1)


@pytest.mark.parametrize(
    ("args", "code"),
    [
        ([], 1),
        (["--declared"], 0),
        (["--declared", "governor"], 0),
        (["--declared=governor"], 0),
        (["--declared", "--director"], 0),
        (["--declared", ""], 1),
    ],
)
def test_a_declared_emergency_may_be_said_with_or_without_who_declared_it(zed, args, code):
    zz(zed, *args, code=code, skill="vaccination_emergency")


def test_an_agency_may_stand_with_its_state(zed):
    write(zed, "place: ZZ/county\nname: County\nsynthetic: true\nskills:\n"
               "  - {id: c, skills: [oral_airway], deny: [emt], from: 2015-01-01, source: s}\n", "c.yaml")  # fmt: skip
    assert zz(zed, "--agency", "county", code=1, skill="oral_airway")["findings"][-1]["layer"] == "agency"
    zz(zed, code=0, skill="oral_airway")
    given = ["--books", zed, "--level", "emt", "--skill", "oral_airway", "--on", "2026-01-01"]
    scope("decide", "--place", "ZZ/county", *given, code=1)
    scope("decide", "--place", "ZZ/nobody", *given, code=3)


def test_without_a_day_the_question_is_about_today_there(zed):
    answer = json.loads(
        scope(
            "decide", "--books", zed, "--level", "emt", "--skill", "oral_airway", "--place", "ZZ", "--json", code=0
        ).stdout
    )
    assert re.fullmatch(r"20\d\d-\d\d-\d\d", answer["ask"]["on"])


# ---------------------------------------------------------------- table


def test_the_table_as_csv_has_a_line_a_skill_and_a_column_a_level(zed):
    rows = list(
        csv.DictReader(
            io.StringIO(scope("table", "ZZ", "--on", "2026-01-01", "--format", "csv", "--books", zed).stdout)
        )
    )
    found = {row["skill"]: row for row in rows}
    # The three skills with a rule, the families they are forms of, and nothing else.
    assert set(found) == {"cpap", "vaccination_emergency", "oral_airway", "airway_and_oxygen", "immunisation"}
    assert [found["oral_airway"][level] for level in ("emr", "emt", "aemt", "paramedic")] == [
        "allow", "allow", "deny", "unknown",
    ]  # fmt: skip
    assert found["cpap"]["emt"] == "conditional"
    assert "online order" in found["cpap"]["conditions"]
    assert found["cpap"]["sources"] == "Zed <b>Code</b> 2"
    assert found["oral_airway"]["unconfirmed"] == "emr emt aemt"
    every = scope("table", "ZZ", "--on", "2026-01-01", "--format", "csv", "--books", zed, "--all").stdout
    assert len(list(csv.DictReader(io.StringIO(every)))) == len(skills())


class _Page(html.parser.HTMLParser):
    """Counts what a page is made of."""

    def __init__(self):
        super().__init__()
        self.open, self.tags, self.text = [], set(), []

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        assert not {"src", "href", "onclick"} & {name for name, _ in attrs}
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text.append(data)


def test_the_table_as_a_page_is_whole_safe_and_needs_no_network(zed, tmp_path):
    page = tmp_path / "zed.html"
    scope("table", "ZZ", "--on", "2026-01-01", "--format", "html", "-o", page, "--books", zed, code=0)
    text = page.read_text(encoding="utf-8")
    read = _Page()
    read.feed(text)
    assert read.open == []
    assert "b" not in read.tags  # The source's <b> is shown, not obeyed.
    assert "script" not in read.tags
    assert "Zed <b>Code</b> 2" in read.text
    assert "prefers-color-scheme: dark" in text
    assert "@media print" in text
    assert "unconfirmed" in text
    assert "http" not in text.replace("http-equiv", "")


def test_the_table_on_the_terminal_says_what_it_leaves_out(zed, tmp_path):
    told = scope("table", "ZZ", "--on", "2026-01-01", "--books", zed, code=0).stdout
    assert "Zed, 2026-01-01" in told
    assert "have no rule here: unknown, never allowed" in " ".join(told.split())
    file = tmp_path / "t.txt"
    assert scope("table", "ZZ", "--on", "2026-01-01", "--books", zed, "-o", file, code=0).stdout == ""
    assert "CPAP" in file.read_text(encoding="utf-8")


def test_a_place_without_a_book_has_an_empty_table_that_says_so():
    done = scope("table", "CT", "--on", "2026-01-01", code=0)
    assert "No rule book for CT; add scope_rules/ct.yaml." in done.stderr
    page = scope("table", "CT", "--on", "2026-01-01", "--format", "html", code=0).stdout
    assert "No rule book for CT; add scope_rules/ct.yaml." in page


def test_a_table_that_cannot_be_written_or_is_of_no_known_form_is_refused(tmp_path):
    with pytest.raises(BadInput, match="cannot be written"):
        scope("table", "US", "--on", "2026-01-01", "--format", "csv", "-o", tmp_path / "no" / "t.csv")
    with pytest.raises(BadInput, match='"pdf" is no format'):
        scope("table", "US", "--on", "2026-01-01", "--format", "pdf")


def test_a_level_that_ended_has_no_column_any_more(tmp_path):
    ended = LEVELS.replace("[emr, emt, aemt, paramedic]", "[emr]").replace(
        "from: 2010-01-01", "from: 2010-01-01, to: 2020-01-01"
    )
    folder = write(tmp_path / "b", HEAD + ended + RULES)
    before, after = (
        scope("table", "ZZ", "--on", day, "--format", "csv", "--books", folder).stdout.split("\n")[0].split(",")
        for day in ("2019-12-31", "2020-01-01")
    )
    assert "emr" in before
    assert "emr" not in after


# ---------------------------------------------------------------- diff


def test_diff_lists_what_differs_and_nothing_else(zed):
    given = ["--level", "EMT", "--on", "2026-01-01", "--books", zed]
    told = json.loads(scope("diff", "ZZ", "US", *given, "--json", code=0).stdout)
    assert told["places"] == ["ZZ", "US"]
    found = {one["skill"]: (one["ZZ"]["verdict"], one["US"]["verdict"]) for one in told["differences"]}
    assert found["cpap"] == ("conditional", "allow")
    assert found["cardioversion"] == ("unknown", "deny")
    assert "oral_airway" not in found
    assert all(first != second for first, second in found.values())
    assert "CPAP" in scope("diff", "ZZ", "US", *given, code=0).stdout


def test_places_that_agree_are_said_to_and_a_missing_book_is_told():
    assert "answer alike for an EMT" in scope("diff", "US", "us", "--level", "EMT", "--on", "2026-01-01", code=0).stdout
    done = scope("diff", "US", "CT", "--level", "EMT", "--on", "2026-01-01", code=0)
    assert "No rule book for CT" in done.stderr


def test_a_title_that_means_two_levels_is_not_compared():
    with pytest.raises(BadInput, match="another level in AK than in WI"):
        scope("diff", "AK", "WI", "--level", "EMT-I", "--on", "2026-01-01")


# ---------------------------------------------------------------- check


def test_the_shipped_books_pass_their_check():
    told = json.loads(scope("check", "--json", code=0).stdout)
    assert told["ok"] is True
    assert told["faults"] == []
    assert told["books"] >= 1
    assert "rule books" in scope("check", code=0).stdout


def test_check_lists_every_fault_with_its_file_and_rule(tmp_path):
    folder = write(tmp_path / "b", HEAD + LEVELS + RULES.replace("cpap", "cpapp").replace(", source: Zed 3", ""))
    told = json.loads(scope("check", "--books", folder, "--json", code=1).stdout)
    assert [(one["file"], one["rule"]) for one in told["faults"]] == [("zz.yaml", "zz-1"), ("zz.yaml", "zz-2")]
    words = scope("check", "--books", folder, code=1).stdout
    assert "zz.yaml, zz-1: skill 'cpapp' is not in the vocabulary." in words
    assert "2 faults." in words


def test_a_label_that_no_skill_is_called_by_fails_the_check(tmp_path, shared):
    labels = tmp_path / "labels.csv"
    labels.write_text("skill,x\nCPAP,1\nLevitation,2\n", encoding="utf-8")
    told = json.loads(scope("check", "--labels", labels, "--json", code=1).stdout)
    assert [(one["file"], one["rule"]) for one in told["faults"]] == [("labels.csv", "line 3")]
    for name in ("scope_2019.csv", "state_scope_MT.csv", "skill_nemsis_map.csv"):
        scope("check", "--labels", shared / "reference" / "workforce" / name, code=0)
    labels.write_text("name\nCPAP\n", encoding="utf-8")
    with pytest.raises(BadInput, match="no column `skill`"):
        scope("check", "--labels", labels)
    with pytest.raises(BadInput, match="cannot be read"):
        scope("check", "--labels", tmp_path / "nowhere.csv")
