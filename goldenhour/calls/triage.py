"""Triage: from the answers given so far to the next question, who is sent, and what the caller is told. Pure.

Answers are kept by "card.question", so that nothing said is lost when the call turns out to be about something else.
The response is known after the two entry questions; every further answer may change it while units roll.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from goldenhour.calls.cards import ENTRY, GENERIC, Card, Determinant, Protocol, Question, Script, card_of
from goldenhour.errors import BadInput

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
        nature: what the call is about, as far as somebody said; picks the card after the entry questions.
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
    at = protocol.cards[_next_card(protocol, opening, answers, nature, card)]
    given = _said(at, answers)
    own = next(line for line in at.determinants if line.fits(given))
    determinant = own if given else _graver(opening, own)
    if opening.recognises and not own.recognises and at.id != opening.card:
        determinant = opening  # Nobody is talked out of an arrest by answers on another card.
    script = _script(protocol, at, given, age)
    return Triage(
        card=at,
        question=_pending(at, given),
        determinant=determinant,
        nature=determinant.nature,
        script=script,
        recognised=frozenset(line.recognises for line in (opening, own) if line.recognises),
        training=_trained(protocol, at, script),
        rules_hash=protocol.hash,
    )


def _pending(card: Card, given: Mapping[str, str]) -> Question | None:
    return next((question for question in card.questions if question.key not in given), None)


def _trained(protocol: Protocol, card: Card, script: Script | None = None) -> bool:
    return card.id in protocol.training or (script is not None and script.id in protocol.training)


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
    """Return the answers to this card's questions."""
    head = f"{card.id}."
    return {key.removeprefix(head): answer for key, answer in answers.items() if key.startswith(head)}


def _next_card(protocol: Protocol, opening: Determinant, answers: Mapping[str, str], nature: str, picked: str) -> str:
    """Return the card to go on with: the picked one, else the opening's, else the nature's; then where it leads."""
    at = picked or opening.card or card_of(protocol, nature)
    if at == ENTRY:
        at = GENERIC
    seen = {at}
    while True:  # An answer may open a better card, and that one another; never back to one that was left.
        given = _said(protocol.cards[at], answers)
        opened = [
            question.opens[given[question.key]]
            for question in protocol.cards[at].questions
            if given.get(question.key) in question.opens
        ]
        fresh = next((one for one in opened if one not in seen), None)
        if fresh is None:
            return at
        seen.add(fresh)
        at = fresh


def _graver(one: Determinant, other: Determinant) -> Determinant:
    """Return the more urgent of the two; of equals the second, which speaks of the complaint."""
    urgency = [(line.priority, line.response == "bls") for line in (one, other)]
    return one if urgency[0] < urgency[1] else other


def _script(protocol: Protocol, card: Card, given: Mapping[str, str], age: float | None) -> Script | None:
    """Return what the caller is told: the latest turn that an answer made, else the card's own for the age."""
    group = age_group(age)
    at = card.scripts.get(group, "")
    for question in card.questions:
        turn = question.turns.get(given.get(question.key, ""), "")
        if turn:
            at = card.turned[turn][group] if turn in card.turned else turn
    return protocol.scripts.get(at)
