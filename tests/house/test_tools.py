"""The house's own checks can fail: a check that cannot is none."""

import subprocess
import sys
from pathlib import Path

import pytest

from goldenhour.cli.main import COMMANDS

HOUSE = Path(__file__).parents[2]
sys.path.insert(0, str(HOUSE / "tools"))
import committed_text  # noqa: E402
import hazards  # noqa: E402

HEAD = "| hazard | cause | guard | proof |\n| --- | --- | --- | --- |\n"


@pytest.mark.parametrize(
    ("proof", "fault"),
    [
        ("`tests/house/test_tools.py::test_a_guard_needs_a_test_that_exists`", None),
        ("`tests/house/test_tools.py::test_that_nobody_wrote`", "does not exist"),
        ("`tests/house/no_such_file.py::test_x`", "does not exist"),
        ("somebody looks at it", "no test is named"),
        ("planned: `care/`", None),
    ],
)
def test_a_guard_needs_a_test_that_exists(proof, fault, tmp_path, monkeypatch):
    page = tmp_path / "hazards.md"
    page.write_text(f"{HEAD}| harm | cause | guard | {proof} |\n")
    monkeypatch.setattr(hazards, "HAZARDS", page)
    found = hazards.faults()
    assert len(found) == (fault is not None)
    assert fault is None or fault in found[0]


def test_a_registrys_host_and_a_machines_path_are_found_in_a_committed_file(tmp_path, monkeypatch, capsys):
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    monkeypatch.setattr(committed_text, "HOUSE", tmp_path)
    for name, text in {"good.txt": "see ../shared", "bad.txt": "from " + committed_text.HOSTS[0]}.items():
        (tmp_path / name).write_text(text)
    subprocess.run(["git", "-C", tmp_path, "add", "good.txt"], check=True)
    assert committed_text.main() == 0
    subprocess.run(["git", "-C", tmp_path, "add", "bad.txt"], check=True)
    assert committed_text.main() == 1
    assert capsys.readouterr().out.startswith("bad.txt:1: ")


def test_every_command_stands_in_the_docs():
    words = (HOUSE / "docs" / "reference" / "commands.md").read_text()
    for name in COMMANDS:
        assert f"goldenhour {name}" in words, f"docs/reference/commands.md does not describe `goldenhour {name}`"
