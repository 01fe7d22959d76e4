"""The rules of the house that import-linter cannot say."""

import ast
import re
from pathlib import Path

import grimp

HOUSE = Path(__file__).parents[2]
ROOMS = HOUSE / "goldenhour"


def test_no_room_reads_another_rooms_tables():
    imports = grimp.build_graph("goldenhour")
    assert {
        f"{who} -> {tables}"
        for tables in imports.modules
        if tables.endswith(".live.models")
        for who in imports.find_modules_that_directly_import(tables)
        if who.split(".")[1] != tables.split(".")[1]
    } == set()


def test_every_event_is_named_after_its_room():
    for file in ROOMS.glob("*/events.py"):
        names = re.findall(r'@event\("([^"]+)"', file.read_text())
        assert names, f"{file} defines no event"
        assert {name.split(".")[0] for name in names} == {file.parent.name}


def test_every_fact_of_accounts_has_words_for_the_desks_log():
    facts = set(re.findall(r'@event\("([^"]+)"', (ROOMS / "access" / "events.py").read_text()))
    words = (HOUSE / "web" / "src" / "kit" / "words.ts").read_text()
    assert facts - set(re.findall(r'^  "(access\.[^"]+)": \(\) =>', words, re.MULTILINE)) == set()


def kernels_of(file):
    tree = ast.parse(file.read_text())
    return {
        node.name
        for node in tree.body
        if isinstance(node, ast.FunctionDef)
        and any(isinstance(each, ast.Name) and each.id.startswith("kernel") for each in node.decorator_list)
    }


def test_every_kernel_module_warms_itself():
    modules = [file for file in ROOMS.rglob("*kernels.py") if kernels_of(file)]
    assert modules
    for file in modules:
        functions = {node.name for node in ast.parse(file.read_text()).body if isinstance(node, ast.FunctionDef)}
        assert "warm" in functions, f"{file.relative_to(HOUSE)} has no warm(): a person would wait for the compiler"


def test_a_rooms_front_page_is_only_a_docstring():
    for room in ROOMS.glob("*/__init__.py"):
        if room.parent.name == "cli":
            continue
        body = ast.parse(room.read_text()).body
        assert len(body) == 1, f"{room.relative_to(HOUSE)} holds code"
        assert isinstance(body[0], ast.Expr)


def test_every_decision_record_says_what_was_refused_or_why():
    for page in (HOUSE / "docs" / "decisions").glob("0*.md"):
        text = page.read_text()
        assert re.match(r"# \d{4} ", text), page.name
        assert "Because" in text or "**" in text, page.name
