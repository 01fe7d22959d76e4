"""`goldenhour region`: what a person types and reads."""

import json
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from goldenhour.cli.main import gather
from tests.roads.places import jemss_files, put, sf_files


@pytest.fixture
def goldenhour():
    return lambda *words: CliRunner().invoke(gather("region"), list(words), catch_exceptions=False)


def test_a_region_is_built_and_says_what_is_in_it(goldenhour, tmp_path):
    source = put(tmp_path / "town", sf_files())

    built = goldenhour("region", "build", "sf", str(source), "-o", str(tmp_path / "out"))
    told = goldenhour("region", "info", str(tmp_path / "out"), "--json")

    assert built.exit_code == told.exit_code == 0
    assert "16 nodes, 48 arcs" in built.stdout
    facts = json.loads(told.stdout)
    assert facts["name"] == "San Francisco"
    assert facts["counts"]["hospitals"] == 1
    assert facts["folder_bytes"] > 10_000


def test_what_the_source_does_not_say_can_be_given(goldenhour, tmp_path):
    source = put(tmp_path / "ring", jemss_files())
    words = ("--time-zone", "Pacific/Auckland", "--jurisdiction", "NZ", "--name", "Ring")

    goldenhour("region", "build", "jemss", str(source), "-o", str(tmp_path / "out"), *words)

    facts = json.loads(goldenhour("region", "info", str(tmp_path / "out"), "--json").stdout)
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
def test_a_wrong_call_is_answered_in_words_with_its_exit_code_and_no_traceback(tmp_path, words, code, says):
    answer = subprocess.run(
        [sys.executable, "-m", "goldenhour.cli", "region", *words],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert answer.returncode == code
    assert says in answer.stderr
    assert "Traceback" not in answer.stderr
    assert answer.stdout == ""
    assert list(tmp_path.iterdir()) == []
