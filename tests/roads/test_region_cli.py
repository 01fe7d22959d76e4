"""`goldenhour region`: what a person types and reads."""

import json

import pytest

from tests.roads.places import jemss_files, put, sf_files
from tests.shell import typed


def test_a_region_is_built_and_says_what_is_in_it(tmp_path):
    source = put(tmp_path / "town", sf_files())

    built = typed("region", "build", "sf", source, "-o", tmp_path / "out")
    told = typed("region", "info", tmp_path / "out", "--json")

    assert built.returncode == told.returncode == 0
    assert "16 nodes, 48 arcs" in built.stdout
    facts = json.loads(told.stdout)
    assert facts["name"] == "San Francisco"
    assert facts["counts"]["hospitals"] == 1
    assert facts["folder_bytes"] > 10_000


def test_what_the_source_does_not_say_can_be_given(tmp_path):
    source = put(tmp_path / "ring", jemss_files())
    words = ("--time-zone", "Pacific/Auckland", "--jurisdiction", "NZ", "--name", "Ring")

    typed("region", "build", "jemss", source, "-o", tmp_path / "out", *words)

    facts = json.loads(typed("region", "info", tmp_path / "out", "--json").stdout)
    assert (facts["name"], facts["time_zone"], facts["jurisdiction"]) == ("Ring", "Pacific/Auckland", "NZ")
    assert not any("no time zone" in said for said in facts["warnings"])


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("build", "jemss", "nowhere", "-o", "out"), 1, "nowhere is no folder."),
        (("build", "sf", "-o", "out"), 2, "needs a source"),
        (("build", "demo", "north", "-o", "out"), 2, "'north' is no seed"),
        (("build", "demo", "-o", "out", "--time-zone", "Mars/Base"), 2, "There is no time zone Mars/Base"),
        (("info", "nowhere"), 1, "There is no region at nowhere."),
    ],
)
def test_a_wrong_call_is_answered_in_words_with_its_exit_code_and_no_traceback(
    tmp_path, monkeypatch, words, code, says
):
    monkeypatch.chdir(tmp_path)

    answer = typed("region", *words)

    assert answer.returncode == code
    assert says in answer.stderr
    assert "Traceback" not in answer.stderr
    assert answer.stdout == ""
    assert list(tmp_path.iterdir()) == []
