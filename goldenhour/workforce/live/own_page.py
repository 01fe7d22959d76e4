"""What somebody may do here today, and why; what of theirs ends; what they still owe."""

from collections import defaultdict
from datetime import date, datetime
from typing import Any

from goldenhour.access.wire import iso
from goldenhour.workforce.credentials import (
    Person,
    Standing,
    What,
    day_at,
    expiring,
    level_words,
    standing_at,
    state_of,
)
from goldenhour.workforce.live.training_queries import list_renewals
from goldenhour.workforce.scope import ALLOW, DENY, UNKNOWN, Ask, Decision, decide
from goldenhour.workforce.skills import skills


def own_page(
    person: Person, *, place: str, at: datetime, agency: str = "", role: str = "care", setting: str = "ambulance"
) -> dict[str, Any]:
    """Return somebody's page.

    Args:
        person: who.
        place: where, such as EX.
        at: when.
        agency: whose practice level counts; by default the one they serve in, if it is one only.
        role: at the scene.
        setting: of the care.
    """
    here = standing_at(person, place, at, agency=agency or _only_agency(person, day_at(at, place)))
    return {
        "person": person.id,
        "place": state_of(place),
        "on": here.on.isoformat(),
        "standing": standing_entry(here),
        "may": _may(here, role=role, setting=setting),
        "ends": [
            {"credential": one.credential.id, "kind": one.credential.kind, "expires": one.expires.isoformat(),
             "ends_at": iso(one.ends_at), "days_left": one.days_left, "notice": one.notice}
            for one in expiring(person, at)
        ],
        "owes": owes(person, at),
    }  # fmt: skip


def _only_agency(person: Person, day: date) -> str:
    own = {one.agency for one in person.affiliations if one.on(day)}
    return next(iter(own)) if len(own) == 1 else ""


def standing_entry(here: Standing) -> dict[str, Any]:
    """Return a standing as the API says it."""
    return {
        "live": here.live,
        "by": here.by,
        "licence": here.licence,
        "level": here.level,
        "level_words": level_words(here.level),
        "practice": here.practice,
        "endorsements": sorted(here.endorsements),
        "restrictions": list(here.restrictions),
        "verified": here.verified,
        "until": here.until.isoformat() if here.until else None,
        "why": here.why,
    }


def _may(here: Standing, *, role: str, setting: str) -> list[dict[str, Any]]:
    """Return every skill of the vocabulary with its verdict and reason, gathered by category."""
    level = here.practice or here.level
    if not level:
        return []
    found: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for skill in skills().values():
        decision = decide(
            Ask(level=level, skill=skill.key, place=here.place, on=here.on, role=role, setting=setting, standing=here)
        )
        found[skill.category].append({"skill": skill.key, "name": skill.label, **_verdict(decision)})
    return [
        {
            "category": category,
            **{verdict: sum(one["verdict"] == verdict for one in rows) for verdict in (ALLOW, DENY, UNKNOWN)},
            "skills": rows,
        }
        for category, rows in found.items()
    ]


def _verdict(decision: Decision) -> dict[str, Any]:
    """Return a decision with the finding that made it; of an allowance, the rule that gives it."""
    deciding = [one for one in decision.findings if one.verdict == decision.verdict]
    ruled = [one for one in deciding if one.rule] or deciding
    why = ruled[-1] if decision.verdict == ALLOW else deciding[0]
    return {
        "verdict": decision.verdict,
        "why": why.what,
        "rule": why.rule,
        "source": why.source,
        "unconfirmed": any(one.unconfirmed for one in decision.findings),
    }


def owes(person: Person, at: datetime) -> list[dict[str, Any]]:
    """Return what somebody still has to do for their credentials, the most pressing first."""
    found: list[tuple[int, dict[str, Any]]] = []
    for one in person.credentials:
        day = day_at(at, one.place)
        corrected = next((each for each in reversed(one.history) if each.what is What.CORRECTED), None)
        looked_up = [each for each in one.history if corrected and each.position > corrected.position]
        if any(each.what is What.VERIFIED for each in looked_up):
            continue
        if corrected and corrected.holds_until and day < corrected.holds_until:
            found.append((
                (corrected.holds_until - day).days,
                {"credential": one.id, "what": "A correction of it ends unless it is verified.",
                 "by": corrected.holds_until.isoformat()},
            ))  # fmt: skip
    found += [
        (
            due.days_left,
            {"credential": due.credential.id, "what": f"Renew it: {due.days_left} days are left.",
             "by": due.expires.isoformat()},
        )
        for due in expiring(person, at)
    ]  # fmt: skip
    found += [
        (
            (renewal.ends - at.date()).days,
            {"credential": renewal.credential.id, "what": renewal.what, "by": renewal.ends.isoformat()},
        )
        for renewal in list_renewals(person, at.date())
        if renewal.progress is not None and not renewal.progress.done
    ]
    return [entry for _, entry in sorted(found, key=lambda pair: pair[0])]
