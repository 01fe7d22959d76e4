"""The board on paper: one page of plain HTML, black on white on A4, without a script, for the minute when all is dark.

It is served at /print/board, kept by every desk's browser, and written every minute to a folder where one is named: see
docs/how-to/when-it-is-down.md. It shows what the board shows, and no more: no name of a patient or caller.
"""

import base64
import hashlib
import logging
import os
import threading
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from html import escape
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import orjson
from django.db import connection
from django.http import HttpRequest, HttpResponse

from goldenhour.access.rules import board as readers
from goldenhour.fleet.status import Stamp, Status
from goldenhour.site.api import picture

NAME = "board.html"
EVERY_S = 60.0
_BLANKS = 8  # Lines for calls taken by hand.
_CLOSED = "closed"
_GO_ON = "Go on by hand from here; what is written by hand is entered later with its true times."

_STYLE = """
@page { size: A4; margin: 11mm; }
* { box-sizing: border-box; }
body { background: #fff; color: #000; font: 10pt/1.35 system-ui, sans-serif; margin: 1.2em auto; max-width: 190mm; }
h1 { font-size: 15pt; margin: 0; } h2 { border-bottom: 1.5pt solid #000; font-size: 12pt; margin: 1.1em 0 .3em; }
p { margin: .2em 0; }
.demo { border: 3pt solid #000; font-size: 15pt; font-weight: 700; padding: .2em; text-align: center; }
table { border-collapse: collapse; width: 100%; }
th, td { border: .5pt solid #000; padding: .15em .4em; text-align: left; vertical-align: top; }
th { font-weight: 600; } thead { display: table-header-group; } tr { break-inside: avoid; }
td.number { font-variant-numeric: tabular-nums; white-space: nowrap; } .blank td { height: 2.2em; }
"""
_STYLE_HASH = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
_POLICY = f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; base-uri 'none'; form-action 'none'"

log = logging.getLogger("goldenhour.site")


@readers.guards
def print_board(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Show the board for printing."""
    response = HttpResponse(page(orjson.loads(picture())))
    response.headers["Content-Security-Policy"] = f"{_POLICY}; frame-ancestors 'none'"
    return response


# ---------------------------------------------------------------- the folder


def keep(folder: Path) -> None:
    """Write the board into a folder: the file there is always a whole one, the last."""
    half = folder / f".{NAME}.part"
    with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o640), "w", encoding="utf-8") as out:
        out.write(page(orjson.loads(picture())))
        out.flush()
        os.fsync(out.fileno())
    half.replace(folder / NAME)


def keep_every_minute(folder: Path) -> threading.Thread:
    """Write the board into a folder now and every minute, until this process ends."""

    def go_on() -> None:
        pause = threading.Event()
        while True:
            try:
                keep(folder)
            except Exception:
                log.exception("The board could not be written to %s. The one there is the last.", folder / NAME)
            finally:
                connection.close()
            pause.wait(EVERY_S)

    thread = threading.Thread(target=go_on, name="print-board", daemon=True)
    thread.start()
    return thread


# ---------------------------------------------------------------- the page


def page(board: dict[str, Any]) -> str:
    """Return the board (as /api/board gives it) as a page for printing."""
    zone = ZoneInfo(board["region"]["time_zone"])
    at = datetime.fromisoformat(board["at"])
    signs = {unit["id"]: unit["call_sign"] for unit in board["units"]}
    doors = {one["id"]: one["name"] for one in board["hospitals"]} | {
        one["id"]: one["name"] for one in board["stations"]
    }
    calls = [call for call in board["calls"] if call["state"] != _CLOSED]
    calls.sort(key=lambda call: (call["priority"], call["received_at"]))
    waiting = [call for call in calls if call["state"] == "waiting"]
    running = [call for call in calls if call["state"] != "waiting"]
    demo = '<p class="demo">DEMO - not real calls</p>' if board["demo"] else ""
    title = f"Board of {board['region']['name']}, {at.astimezone(zone):%Y-%m-%d %H:%M:%S}"
    body = [
        demo,
        f"<h1>{escape(title)}</h1>",
        f"<p>As it was then, by the clock of {escape(str(zone))}; position {int(board['position'])}. {_GO_ON}</p>",
        f"<h2>Calls waiting: {len(waiting)}</h2>",
        _calls(waiting, signs, at, zone),
        f"<h2>Calls running: {len(running)}</h2>",
        _calls(running, signs, at, zone),
        "<h2>Units</h2>",
        _units(board["units"], doors, at, zone),
        "<h2>Hospitals</h2>",
        _hospitals(board["hospitals"], zone),
        "<h2>New calls, by hand</h2>",
        _table(
            ("Rang at", "Address", "What", "Prio", "Units", "Notified, en route, on scene, left, at hospital, clear"),
            [("",) * 6] * _BLANKS,
            kind="blank",
        ),
        demo,
    ]
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(_POLICY)}">'
        '<meta name="viewport" content="width=device-width"><meta name="robots" content="noindex">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head>\n<body>\n"
        + "\n".join(part for part in body if part)
        + "\n</body></html>\n"
    )


def _table(heads: Iterable[str], rows: Iterable[Iterable[str]], *, kind: str = "") -> str:
    """Return a table; the cells are text, escaped here and nowhere else."""
    lines = ["<tr>" + "".join(f"<td>{_cell(one)}</td>" for one in row) + "</tr>" for row in rows]
    if not lines:
        return "<p>None.</p>"
    head = "".join(f"<th>{escape(one)}</th>" for one in heads)
    return f'<table class="{kind}"><thead><tr>{head}</tr></thead><tbody>\n' + "\n".join(lines) + "\n</tbody></table>"


def _cell(text: str) -> str:
    return escape(text).replace("\n", "<br>")


def _clock(text: str | None, zone: ZoneInfo) -> str:
    return f"{datetime.fromisoformat(text).astimezone(zone):%H:%M:%S}" if text else "?"


def _age(text: str, at: datetime) -> str:
    minutes = int((at - datetime.fromisoformat(text)).total_seconds() // 60)
    return f"{minutes // 60} h {minutes % 60:02} min" if minutes >= 60 else f"{minutes} min"  # noqa: PLR2004


def _calls(calls: list[dict[str, Any]], signs: dict[str, str], at: datetime, zone: ZoneInfo) -> str:
    rows = [
        (
            call["id"],
            str(call["priority"]),
            call["nature_label"] + (f", {call['patients']} patients" if call["patients"] > 1 else ""),
            call["address"] or f"{call['lat']:.5f}, {call['lon']:.5f}",
            f"{_clock(call['received_at'], zone)}\n{_age(call['received_at'], at)}",
            "\n".join(_on_call(one, signs, zone) for one in call["units"]) or "nobody yet",
        )
        for call in calls
    ]
    return _table(("Call", "Prio", "What", "Where", "Rang, age", "Units with their times"), rows)


def _on_call(one: dict[str, Any], signs: dict[str, str], zone: ZoneInfo) -> str:
    order = {stamp.value: number for number, stamp in enumerate(Stamp)}
    stamps = sorted(one["stamps"].items(), key=lambda pair: order.get(pair[0], len(order)))
    times = ", ".join(f"{stamp.replace('_', ' ')} {_clock(when, zone)}" for stamp, when in stamps)
    return f"{signs.get(one['unit'], one['unit'])} ({one['slot'].replace('_', ' ')}): {times or 'no time yet'}"


def _units(units: list[dict[str, Any]], doors: dict[str, str], at: datetime, zone: ZoneInfo) -> str:
    by_status = defaultdict(list)
    for unit in sorted(units, key=lambda unit: unit["call_sign"]):
        by_status[unit["status"]].append(unit)
    rows = [
        (
            f"{status.mark} {status.words}" if not number else "",
            unit["call_sign"],
            f"{unit['type'].replace('_', ' ')}, {unit['agency']}",
            _crew(unit["crew"]),
            f"{_clock(unit['since'], zone)}, {_age(unit['since'], at)}" if unit["since"] else "?",
            unit["call_id"] or "",
            doors.get(unit["destination"] or unit["station"] or "", ""),
        )
        for status in Status
        for number, unit in enumerate(by_status[status.value])
    ]
    return _table(("Status", "Unit", "Kind", "Crew", "Since", "Call", "Going to, or post"), rows)


def _crew(crew: dict[str, Any]) -> str:
    """Return how many are aboard and what they are licensed as; what is on somebody's word is marked."""
    levels = ", ".join(crew["levels"])
    aboard = crew["aboard"]
    count = len(crew["levels"]) if aboard is None else aboard if isinstance(aboard, int) else len(aboard)
    marks = " (unconfirmed)" if crew["unconfirmed"] else ""
    return f"{count}: {levels or '?'}{marks}" + ("" if crew["can_transport"] else "\ncannot transport")


def _hospitals(hospitals: list[dict[str, Any]], zone: ZoneInfo) -> str:
    rows = [
        (one["name"], _standing(one, zone), str(one["inbound"]), str(one["at_door"]))
        for one in sorted(hospitals, key=lambda one: str(one["name"]))
    ]
    return _table(("Hospital", "Standing (diversion is advice)", "On the way", "At the door"), rows)


def _standing(hospital: dict[str, Any], zone: ZoneInfo) -> str:
    said = []
    for word, entry in (("DIVERSION", hospital["diverting"]), ("advisory", hospital["advisory"])):
        if entry:
            services = ", ".join(entry["services"]) or "all"
            until = f" until {_clock(entry['until'], zone)}" if entry["until"] else ""
            said.append(f"{word}: {services}{until}; {entry['reason']}")
    return "\n".join(said) or "open"
