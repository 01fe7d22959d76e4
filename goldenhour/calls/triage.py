"""Triage: from the answers given so far to the next question, who is sent, and what the caller is told. Pure.

Answers are kept by "card.question", so that nothing said is lost when the call turns out to be about something else.
The response is known after the two entry questions; every further answer may change it while units roll.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from goldenhour.calls.cards import ENTRY, GENERIC, Card, Determinant, Protocol, Question, Script, card_of, name_of
from goldenhour.calls.natures import UNKNOWN, natures
from goldenhour.errors import BadInput

ARREST = "cardiac_arrest"
# Groups of natures whose calls need more than care. An agency's plans hang on them.
MORE_THAN_CARE = frozenset({"traffic", "rescue", "fire", "hazard", "violence"})
INFANT_BELOW, CHILD_BELOW = 1.0, 13.0  # Years: infant under 1, child until about puberty (AHA 2020).


@dataclass(frozen=True, slots=True, kw_only=True)
class Triage:
    """Where the questions of one call stand."""

    card: Card  # The card that is asked from now.
    question: Question | None  # The next one; None when all are answered.
    rules_hash: str
    training: bool  # The card or script in use was not approved by a physician.
    determinant: Determinant | None = None  # None until the entry questions are answered: then units can be sent.
    nature: str = ""  # "" leaves the call's own.
    script: Script | None = None  # What the caller is told now.
    recognised: frozenset[str] = frozenset()


def age_group(years: float | None) -> str:
    """Return adult, child or infant; an age nobody knows is an adult's.

    >>> age_group(0.5), age_group(1), age_group(12.9), age_group(13), age_group(None)
    ('infant', 'child', 'child', 'adult', 'adult')
    """
    if years is None:
        return "adult"
    if years < INFANT_BELOW:
        return "infant"
    return "child" if years < CHILD_BELOW else "adult"


def triage(
    protocol: Protocol,
    answers: Mapping[str, str],
    *,
    nature: str = "",
    age: float | None = None,
    card: str = "",
) -> Triage:
    """Return where the questions stand.

    Args:
        protocol: the cards and scripts in force, of calls.cards.
        answers: "card.question" to answer, as given so far.
        nature: what the call is about as people said, not as triage found; picks the card after the entry questions.
        age: of the patient in years, None when not known.
        card: the card the call taker picked; "" lets the answers pick it.

    Raises:
        BadInput: an answer, question or card that does not exist.
    """
    _refuse_strange(protocol, answers, card)
    entry = protocol.cards[ENTRY]
    said = _said(entry, answers)
    if len(said) < len(entry.questions):
        return Triage(
            card=entry, question=_pending(entry, said), rules_hash=protocol.hash, training=_trained(protocol, entry)
        )
    opening = next(line for line in entry.determinants if line.fits(said))
    path = _path(protocol, opening, answers, nature, card)
    at, given = path[-1], _said(path[-1], answers)
    own = next(line for line in at.determinants if line.fits(given))
    determinant = own if given else _graver(opening, own)
    left = _left(path, opening, answers)
    for line in left:  # What was found before stands, whatever the card that the call has come to says.
        determinant = _graver(line, determinant)
    found = next((line for line in left if line.recognises), None)
    telling = at
    if found and not own.recognises:  # Nobody is talked out of an arrest by answers on another card.
        determinant, telling = found, _arrest_card(protocol) or at
    script = _script(protocol, telling, _said(telling, answers), nature, age)
    return Triage(
        card=at,
        question=_pending(at, given),
        determinant=determinant,
        nature=_nature(determinant, at, nature),
        script=script,
        recognised=frozenset(line.recognises for line in (opening, *left, own) if line.recognises),
        training=_trained(protocol, entry, at, telling, script),
        rules_hash=protocol.hash,
    )


def _arrest_card(protocol: Protocol) -> Card | None:
    """Return the card of an arrest: the one that recognises it whatever is answered."""
    return next((card for card in protocol.cards.values() if card.determinants[-1].recognises), None)


def _left(path: Sequence[Card], opening: Determinant, answers: Mapping[str, str]) -> list[Determinant]:
    """Return what was found on the way to the last card of the path, but for what that card itself refines."""
    last = path[-1]
    found = [] if opening.always or opening.card == path[0].id else [opening]
    for card in path[:-1]:
        given = _said(card, answers)
        line = next(one for one in card.determinants if one.fits(given))
        if not line.always:
            found.append(line)
    refines = last.determinants[-1].recognises  # The arrest's own card has the last word on an arrest.
    return [line for line in found if not (refines and line.recognises)]


def _nature(line: Determinant, card: Card, nature: str) -> str:
    """Return what the call is about now, "" for what it was about already."""
    known = natures().get(nature)
    if known is not None and known.group in MORE_THAN_CARE:
        return ""  # Its rescue, fire or police response is not taken away by what is found out about the patient.
    if line.yields and nature in card.natures:
        return ""  # The caller said it more closely.
    if line.nature:
        return line.nature
    if nature == ARREST:  # It was reported as one and is none.
        return card.natures[0] if card.natures else UNKNOWN
    return card.natures[0] if card.natures and nature not in card.natures else ""


def _pending(card: Card, given: Mapping[str, str]) -> Question | None:
    return next((one for one in card.questions if one.key not in given and one.asked(given)), None)


def _trained(protocol: Protocol, *used: Card | Script | None) -> bool:
    return any(name_of(one) in protocol.training for one in used if one is not None)


def _refuse_strange(protocol: Protocol, answers: Mapping[str, str], card: str) -> None:
    known = {
        f"{one.id}.{question.key}": question.answers for one in protocol.cards.values() for question in one.questions
    }
    for key, answer in answers.items():
        if key not in known or answer not in known[key]:
            raise BadInput(
                code="answer",
                what=f"{answer!r} is no answer to {key!r}.",
                do=f"Answer one of {', '.join(known[key])}." if key in known else "Ask a question of the card.",
                where="answers",
            )
    if card and card not in protocol.cards:
        raise BadInput(
            code="card",
            what=f"there is no card {card!r}.",
            do=f"Pick one of {', '.join(protocol.cards)}.",
            where="card",
        )


def _said(card: Card, answers: Mapping[str, str]) -> dict[str, str]:
    """Return the answers to this card's questions, as far as these are asked after the others."""
    head = f"{card.id}."
    return card.applying({key.removeprefix(head): said for key, said in answers.items() if key.startswith(head)})


def _path(
    protocol: Protocol, opening: Determinant, answers: Mapping[str, str], nature: str, picked: str
) -> tuple[Card, ...]:
    """Return the cards that the call has come along: the picked one, else the opening's, else the nature's, and on."""
    own = card_of(protocol, nature)
    first = own if opening.yields and own != GENERIC else opening.card or own
    at = protocol.cards[GENERIC if picked == ENTRY else picked or first]
    path = [at]
    while True:  # An answer may open a better card, and that one another; never back to one that was left.
        given, seen = _said(at, answers), {card.id for card in path}
        opened = [one.opens[given[one.key]] for one in at.questions if given.get(one.key) in one.opens]
        fresh = next((one for one in opened if one not in seen), None)
        if fresh is None:
            return tuple(path)
        at = protocol.cards[fresh]
        path.append(at)


def _graver(one: Determinant, other: Determinant) -> Determinant:
    """Return the more urgent of the two; of equals the second, which speaks of the complaint."""
    urgency = [(line.priority, line.response == "bls") for line in (one, other)]
    return one if urgency[0] < urgency[1] else other


def _script(protocol: Protocol, card: Card, given: Mapping[str, str], nature: str, age: float | None) -> Script | None:
    """Return what the caller is told: their own safety, else the latest turn of an answer, else the card's own."""
    group = age_group(age)
    at = card.by_nature.get(nature) or card.scripts.get(group, "")
    for question in sorted(card.questions, key=lambda one: one.safety):  # The caller's own safety has the last word.
        turn = question.turns.get(given.get(question.key, ""), "")
        if turn:
            at = card.turned[turn][group] if turn in card.turned else turn
    return protocol.scripts.get(at)
