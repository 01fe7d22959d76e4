"""The word that a rule of scope of practice is wrong: taken from anybody, laid before the medical directors."""

from typing import Any

from goldenhour.access.wire import iso
from goldenhour.errors import BadInput, NotFound
from goldenhour.log.live.store import writing
from goldenhour.workforce.book_lines import NATION
from goldenhour.workforce.books import Books, load_books
from goldenhour.workforce.compact import load_compact
from goldenhour.workforce.events import ScopeRuleDisputed
from goldenhour.workforce.live.models import RuleDispute
from goldenhour.workforce.live.services import By

MOST_SHOWN = 500  # The newest; all stand in the log.


def dispute(*, rule: str, words: str, by: By) -> None:
    """Record that somebody says a rule is wrong. It changes no answer: a corrected book does.

    Raises:
        NotFound: no book has such a rule.
        BadInput: nothing is said about it.
    """
    books = load_books()
    place = _place_of(rule, books)
    if not place:
        raise NotFound(code="no_rule", what=f'No rule book has a rule "{rule}".', do="Take its id from an answer.")
    if not words.strip():
        raise BadInput(code="nothing_said", what="Nothing is said.", do="Say what is wrong with the rule.")
    with writing(f"scope-rule/{rule}", at=by.at, actor=by.actor, device=by.device, id=by.id) as record:
        if not record.earlier:
            record(ScopeRuleDisputed(rule=rule, place=place, words=words.strip(), rules_hash=books.hash))


def disputes() -> list[dict[str, Any]]:
    """Return what was said to be wrong, the newest first; `as_then`: the books have not changed since."""
    now = load_books()
    shown = RuleDispute.objects.order_by("-position")[:MOST_SHOWN]
    return [
        {
            "rule": one.rule,
            "place": one.place,
            "words": one.words,
            "said_by": one.said_by,
            "said_at": iso(one.said_at),
            "rules_hash": one.rules_hash,
            "as_then": one.rules_hash == now.hash,
            "still_there": bool(_place_of(one.rule, now)),
        }
        for one in shown
    ]


def _place_of(rule: str, books: Books) -> str:
    """Return whose rule it is; the compact's are the nation's. "" where there is no such rule."""
    found = books.rule(rule)
    if found is not None:
        return found[0]
    compact = load_compact()
    own = {compact.id, *(one.id for one in compact.terms.values())}
    own |= {f"{compact.id}-{state.lower()}" for state in (*compact.members, *compact.pending)}
    return NATION if rule in own else ""
