"""Small rule books for tests: an invented state ZZ, and asks of it."""

from datetime import date

from goldenhour.workforce.books import load_books
from goldenhour.workforce.scope import Ask, decide

HEAD = "place: ZZ\nname: Zed\nsynthetic: true\n"
LEVELS = """
levels:
  - {id: zz-levels, levels: [emr, emt, aemt, paramedic], recognised: true, from: 2010-01-01, source: Zed Code 1}
"""
DAY = date(2020, 1, 1)


def write(folder, text, name="zz.yaml"):
    """Write one book and return its folder."""
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def zed(folder, rules, *, head=HEAD, levels=LEVELS, name="zz.yaml"):
    """Return all shipped books with one of Zed's beside them."""
    return load_books((write(folder, head + levels + rules, name),))


def asked(books, *, on=DAY, **more):
    """Return the decision on an ask that is an EMR's in Zed, unless said otherwise."""
    return decide(Ask(**{"level": "emr", "skill": "oral_airway", "place": "ZZ", "on": on, **more}), books)


def verdict(books, **ask):
    return asked(books, **ask).verdict


def said(decision, layer, verdict=None):
    """Return the words of a decision's findings in a layer."""
    return " ".join(
        one.what for one in decision.findings if one.layer == layer and (verdict is None or one.verdict == verdict)
    )
