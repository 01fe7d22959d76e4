"""The scope of practice over HTTP: a question, a place, two places; asking changes nothing."""

import json

import pytest
from typer.testing import CliRunner

from goldenhour.cli.scope import app as scope_app
from goldenhour.log.live.rebuild import rebuild
from tests.site.conftest import new_id

ASK = "/api/workforce/scope/decide"


def decide(desk, **said):
    query = "&".join(f"{name}={value}" for name, value in said.items())
    return desk.client.get(f"{ASK}?{query}")


def test_a_question_is_answered_with_every_rule_it_rests_on(desk):
    answer = decide(desk, level="EMR", skill="naloxone_intranasal", place="EX", on="2026-05-01").json()

    assert answer["verdict"] == "allow"
    assert {one["layer"] for one in answer["findings"]} >= {"standing", "state"}
    assert all(one["rule"] and one["source"] and one["start"] for one in answer["findings"])
    assert answer["rules_hash"]
    assert "invented" in "".join(one["note"] for one in answer["findings"])


def test_the_day_decides_and_before_the_first_rule_nothing_is_known(desk):
    said = {"level": "emr", "skill": "naloxone_intranasal", "place": "KS"}

    assert decide(desk, **said, on="2026-06-01").json()["verdict"] == "allow"
    assert decide(desk, **said, on="1990-01-01").json()["verdict"] == "unknown"


def test_a_place_without_a_book_is_unknown_and_says_what_to_add(desk):
    answer = decide(desk, level="emt", skill="oral_airway", place="WY", on="2026-05-01").json()

    assert answer["verdict"] == "unknown"
    assert "scope_rules/wy.yaml" in answer["findings"][0]["what"]
    table = desk.get("/api/workforce/scope/table?place=WY&on=2026-05-01")
    assert "no rule book for WY" in table["note"]
    verdicts = {cell["verdict"] for row in table["rows"] for cell in row["cells"].values()}
    assert "allow" not in verdicts


@pytest.mark.parametrize(
    ("wrong", "word"),
    [
        ({"level": "emtt"}, "emtt"),
        ({"skill": "heart_transplant"}, "heart_transplant"),
        ({"place": "X1"}, "X1"),
        ({"setting": "spaceship"}, "spaceship"),
        ({"route": "by_mail"}, "by_mail"),
        ({"order": "shouted"}, "shouted"),
        ({"role": "wizard"}, "wizard"),
        ({"on": "yesterday"}, "on"),
    ],
)
def test_a_wrong_word_is_refused_by_name(desk, wrong, word):
    said = {"level": "emt", "skill": "oral_airway", "place": "EX", "on": "2026-05-01"} | wrong

    answer = decide(desk, **said)

    assert answer.status_code == 422
    assert word in answer.json()["what"]
    assert answer.json()["do"]


def test_the_table_answers_as_the_question_does(desk):
    table = desk.get("/api/workforce/scope/table?place=EX&on=2026-05-01")

    assert [one["key"] for one in table["levels"]] == ["emr", "emt", "aemt", "paramedic"]
    for row in table["rows"][::17]:
        for level, cell in row["cells"].items():
            alone = decide(desk, level=level, skill=row["skill"], place="EX", on="2026-05-01").json()
            assert cell["verdict"] == alone["verdict"]
            assert cell["why"] in {one["what"] for one in alone["findings"]}


def test_only_what_differs_between_two_places_is_told(desk):
    diff = desk.get("/api/workforce/scope/diff?one=US&other=MT&level=emt&on=2026-06-01")

    assert diff["rows"]
    assert all(row["one"]["verdict"] != row["other"]["verdict"] for row in diff["rows"])
    assert diff["same"] + len(diff["rows"]) == len(desk.get("/api/workforce/scope/vocabulary")["skills"])
    assert desk.get("/api/workforce/scope/diff?one=MT&other=MT&level=emt&on=2026-06-01")["rows"] == []


def test_the_words_to_ask_with_are_told_with_the_day_and_the_place_served(desk):
    words = desk.get("/api/workforce/scope/vocabulary")

    assert words["today"] == "2026-03-01"
    assert {one["place"]: one["book"] for one in words["places"]}["WY"] is False
    assert [one["key"] for one in words["levels"]][:1]
    assert all(one["name"] for name in ("levels", "skills", "roles", "settings", "routes") for one in words[name])


def test_asking_leaves_no_trace_and_another_machine_gets_nothing(desk):
    before = desk.names()

    decide(desk, level="emt", skill="oral_airway", place="EX", on="2026-05-01")

    assert desk.names() == before
    path = f"{ASK}?level=emt&skill=oral_airway&place=EX&on=2026-05-01"
    assert desk.client.get(path, REMOTE_ADDR="192.0.2.7").status_code == 403


DISPUTES = "/api/workforce/scope/disputes"


def test_the_word_that_a_rule_is_wrong_is_before_the_medical_director_at_once_and_changes_no_answer(desk):
    said = {"level": "emr", "skill": "naloxone_intranasal", "place": "KS", "on": "2026-06-01"}
    before = decide(desk, **said).json()
    body = {"id": new_id(), "rule": "ks-emr-naloxone", "words": " The section was amended in June. "}

    assert desk.post(DISPUTES, **body)[0] == 201
    assert desk.post(DISPUTES, **body)[0] == 201  # Sent twice, said once.
    assert desk.post(DISPUTES, id=new_id(), rule="compact-ks", words="Another day.")[0] == 201

    newest, first = desk.get(DISPUTES)["disputes"]
    assert (newest["rule"], newest["place"]) == ("compact-ks", "US")
    assert (first["rule"], first["place"], first["words"]) == (
        "ks-emr-naloxone", "KS", "The section was amended in June.",
    )  # fmt: skip
    assert first["as_then"]
    assert first["still_there"]
    assert first["rules_hash"] == before["rules_hash"]
    assert decide(desk, **said).json() == before
    assert desk.names().count("workforce.scope_rule_disputed") == 2
    assert [one.table for one in rebuild().differences] == []


def test_a_word_about_no_rule_or_without_words_is_refused(desk):
    assert desk.post(DISPUTES, id=new_id(), rule="ks-no-such", words="Wrong.")[0] == 404
    assert desk.post(DISPUTES, id=new_id(), rule="ks-emr-naloxone", words="  ")[0] == 422
    assert desk.post(DISPUTES, id=new_id(), rule="ks-emr-naloxone", words="")[0] == 422
    assert desk.get(DISPUTES) == {"disputes": []}


def test_past_decisions_of_the_days_of_a_rule_are_listed_with_the_hash_they_were_made_under(desk):
    call = desk.take_call()
    desk.get(f"/api/calls/{call}/recommendation")
    held = past("ex-levels")

    assert held["decisions"]
    assert {one["call"] for one in held["decisions"]} == {call}
    (digest,) = held["hashes"]
    assert held["hashes"][digest] == len(held["decisions"])
    assert past("ex-levels", "--hash", digest[:8]) == held
    assert past("ex-levels", "--hash", "no-such")["decisions"] == []
    assert past("ex-emr-no-naloxone")["decisions"] == []  # It ended before.


def past(*words):
    done = CliRunner().invoke(scope_app, ["past", *words, "--json"])
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)
