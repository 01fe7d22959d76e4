"""Frames per second of the real page with 300 moving units, in Chromium on this machine.

    python benchmarks/map_fps.py [--units 300] [--seconds 10] [--runs 5] [--json]

Needs Chromium (GOLDENHOUR_CHROMIUM names one), Node, and the built page (make ready). The page is served by the
development county (web/dev), all of whose units drive all the time. A frame is a call of requestAnimationFrame, which
the browser makes only when the last one is drawn; its time is measured from one to the next. Where there is no
graphics card the browser draws in software, on the same cores as everything else, and the bar is then missed or met by
the machine as much as by the page. Two things beside say which: a fixed loop, timed in the page itself before each run,
shows how busy the machine was; and the processor time that a frame takes, in the page's main thread and in the whole
browser, hardly depends on what else runs. A main thread above 16.7 ms cannot show 60 frames on any such machine.
"""

import argparse
import contextlib
import http.client
import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from playwright.sync_api import CDPSession, Page, sync_playwright

HOUSE = Path(__file__).resolve().parent.parent
BAR_FPS = 60.0  # What a screen shows.
START_S = 30.0
SETTLE_MS = 4000  # Until the map is drawn and the browser has compiled what it runs.
SOFTWARE = ("swiftshader", "llvmpipe", "software", "softpipe")
# The browser's own way where there is no graphics card: the page is put together in software, and only the ground of
# the map, drawn anew when it is moved, by SwiftShader. Made to put the whole page together through SwiftShader as well
# (--use-gl=angle --use-angle=swiftshader), it draws the same page seven times slower; no user's browser does that.
ARGUMENTS = ["--no-sandbox", "--enable-unsafe-swiftshader"]

FRAMES = """(seconds) => new Promise((done) => {
  const times = [];
  const frame = (now) => {
    times.push(now);
    if (now - times[0] < seconds * 1000) requestAnimationFrame(frame);
    else done(times);
  };
  requestAnimationFrame(frame);
})"""
LOOP = """() => {
  const start = performance.now();
  let sum = 0;
  for (let k = 0; k < 2e7; k++) sum += Math.sqrt(k) % 3;
  return sum > 0 ? performance.now() - start : -1;
}"""
RENDERER = """() => {
  const gl = document.createElement("canvas").getContext("webgl2");
  const about = gl && gl.getExtension("WEBGL_debug_renderer_info");
  return gl ? gl.getParameter(about ? about.UNMASKED_RENDERER_WEBGL : gl.RENDERER) : "no WebGL";
}"""


@contextlib.contextmanager
def county(units: int) -> Iterator[str]:
    """Serve the built page with a county of moving units; yield its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    flags = ["--port", str(port), "--units", str(units), "--moving", "--speed", "5", "--calls-per-hour", "0"]
    process = subprocess.Popen(
        [shutil.which("node") or "node", str(HOUSE / "web/dev/fake_county.mjs"), *flags], stdout=subprocess.DEVNULL
    )
    try:
        give_up = time.monotonic() + START_S
        while time.monotonic() < give_up:
            with contextlib.suppress(OSError):
                line = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
                line.request("GET", "/api/board")
                moving = sum(one["route"] is not None for one in json.load(line.getresponse())["units"])
                if moving == units:
                    break
            time.sleep(0.1)
        else:
            sys.exit("The development county does not answer with all its units moving.")
        yield f"http://127.0.0.1:{port}/"
    finally:
        process.terminate()
        process.wait()


def run(page: Page, inside: CDPSession, whole: CDPSession, seconds: float) -> dict[str, float]:
    """Return what one stretch of frames was like, and how long the fixed loop took just before."""
    loop_ms = page.evaluate(LOOP)
    before = busy_s(inside, whole)
    times = page.evaluate(FRAMES, seconds)
    thread_s, browser_s = (b - a for a, b in zip(before, busy_s(inside, whole), strict=True))
    took = sorted(b - a for a, b in pairwise(times))
    return {
        "fps": 1000 * len(took) / (times[-1] - times[0]),
        "frame_p95_ms": took[int(0.95 * (len(took) - 1))],
        "frame_max_ms": took[-1],
        "loop_ms": loop_ms,
        "thread_ms_a_frame": 1000 * thread_s / len(took),
        "browser_ms_a_frame": 1000 * browser_s / len(took),
    }


def busy_s(inside: CDPSession, whole: CDPSession) -> tuple[float, float]:
    """Return the processor time so far of the page's main thread, and of all processes of the browser."""
    told = {one["name"]: one["value"] for one in inside.send("Performance.getMetrics")["metrics"]}
    processes = whole.send("SystemInfo.getProcessInfo")["processInfo"]
    return told["TaskDuration"], sum(one["cpuTime"] for one in processes)


def measure(units: int, seconds: float, runs: int) -> dict[str, Any]:
    """Return the medians over the runs, and what drew them."""
    chromium = os.environ.get("GOLDENHOUR_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if not chromium:
        sys.exit("No Chromium on this machine: GOLDENHOUR_CHROMIUM names one.")
    with county(units) as address, sync_playwright() as player:
        browser = player.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.goto(address)
        page.wait_for_selector("canvas")
        page.wait_for_timeout(SETTLE_MS)
        before = page.screenshot()
        inside, whole = page.context.new_cdp_session(page), browser.new_browser_cdp_session()
        inside.send("Performance.enable", {"timeDomain": "threadTicks"})
        found = [run(page, inside, whole, seconds) for _ in range(runs)]
        if page.screenshot() == before:
            sys.exit("Nothing moved on the page: frames were counted of a picture that stands still.")
        renderer = page.evaluate(RENDERER)
        version = browser.version
        browser.close()
    median = {key: round(statistics.median(one[key] for one in found), 2) for key in found[0]}
    return {
        **median,
        "bar_fps": BAR_FPS,
        "units": units,
        "runs": [{key: round(value, 2) for key, value in one.items()} for one in found],
        "software": any(word in renderer.lower() for word in SOFTWARE),
        "renderer": renderer,
        "chromium": version,
        "cores": os.cpu_count(),
        "load": os.getloadavg()[0],
    }


def main() -> None:
    """Print what was measured beside the bar."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--units", type=int, default=300)
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    found = measure(asked.units, asked.seconds, asked.runs)
    if asked.json:
        print(json.dumps(found))
        return
    drawn = "in software, no graphics card" if found["software"] else "by a graphics card"
    print(f"{found['units']} moving units, median of {asked.runs} runs of {asked.seconds:g} s, drawn {drawn}")
    met = "met" if found["fps"] >= BAR_FPS - 0.5 else "MISSED"
    print(f"  frames     {found['fps']:8.1f} /s   bar {BAR_FPS:g}: {met}")
    print(f"  frame time {found['frame_p95_ms']:8.1f} ms  95th percentile; the longest {found['frame_max_ms']:.0f} ms")
    thread, browser = found["thread_ms_a_frame"], found["browser_ms_a_frame"]
    print(f"  processor  {thread:8.1f} ms  a frame in the page's main thread, {browser:.1f} ms in the whole browser")
    print(f"  fixed loop {found['loop_ms']:8.1f} ms  in the page, before each run; load {found['load']:.1f}")
    print(f"  {found['renderer']}; Chromium {found['chromium']}; {found['cores']} cores")


if __name__ == "__main__":
    main()
