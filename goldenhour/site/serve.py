"""Running the site: a demo county made ready on a database of its own, or a real one; then one web process.

Nothing here needs Django: what takes long is made once and kept in the data folder, so that a second start is quick.

    DATA/demo/region-KEY/    the county, made from the seed
    DATA/demo/morning-KEY/   a data folder with the hours before the page opens already played
    DATA/demo/run-PORT/      the copy of it that a running demo works on; each start makes it anew
"""

import contextlib
import hashlib
import json
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import goldenhour
from goldenhour.errors import BadInput, Refused
from goldenhour.site.outside import HERE, Outside, certificate_of, environment_of, lead_to_https, refuse_wrong

SPEED = 12.0  # A call about every minute: lively, and slow enough to follow.
HOURS = 6.0  # Played before the page opens.
CONNECTIONS = "20"  # To PostgreSQL, which has 100 for everybody as it is shipped; more requests than that wait in line.
_HOUSE = Path(goldenhour.__path__[0])

Say = Callable[[str], None]


def data_folder() -> Path:
    """Return the data folder: GOLDENHOUR_DATA, ./var by default."""
    return Path(os.environ.get("GOLDENHOUR_DATA", "var")).resolve()


def refuse_no_folder() -> None:
    """Make the data folder, or refuse.

    Raises:
        BadInput: it cannot be made or written.
    """
    folder = data_folder()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        writable = os.access(folder, os.W_OK | os.X_OK)
    except OSError:
        writable = False
    if not writable:
        raise BadInput(
            code="bad_data_folder",
            what="The data folder cannot be made or written.",
            do="Check GOLDENHOUR_DATA.",
            where=str(folder),
        )


def refuse_taken(port: int, address: str = HERE) -> None:
    """Refuse a port that somebody else listens on.

    Raises:
        Refused: it is taken.
    """
    with socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError as error:
            raise Refused(
                code="port_taken",
                what=f"Port {port} cannot be used ({error.strerror}).",
                do="Stop what runs there, or give another one with --port.",
            ) from error


def _key(*parts: str, under: Path = _HOUSE) -> str:
    """Return a hash of the program's files under a folder and of what else decides."""
    digest = hashlib.sha256(repr(parts).encode())
    for file in sorted(under.rglob("*")):
        if file.suffix in {".py", ".yaml", ".toml"} and "web" not in file.parts:
            digest.update(file.relative_to(_HOUSE).as_posix().encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:12]


@contextlib.contextmanager
def _made_once(folder: Path) -> Iterator[Path | None]:
    """Yield a place to make a folder in, renamed when done, or None when it is there already. Older ones go."""
    if folder.exists():
        yield None
        return
    making = folder.with_name(f".{folder.name}-{os.getpid()}")
    for left in folder.parent.glob(".*-*-*"):  # A start that was broken off leaves one behind.
        if not Path("/proc", left.name.rpartition("-")[2]).exists():
            shutil.rmtree(left, ignore_errors=True)
    shutil.rmtree(making, ignore_errors=True)
    making.mkdir(parents=True, mode=0o700)
    try:
        yield making
        with contextlib.suppress(OSError):  # Somebody else was quicker.
            making.rename(folder)
    finally:
        shutil.rmtree(making, ignore_errors=True)
    kind = folder.name.partition("-")[0]
    for old in folder.parent.glob(f"{kind}-*"):
        if old != folder:
            shutil.rmtree(old, ignore_errors=True)


def demo_region(base: Path, seed: int, say: Say) -> Path:
    """Return the demo county's folder; made at the first start."""
    folder = base / f"region-{_key(str(seed), under=_HOUSE / 'roads')}"
    if not folder.exists():
        say("Making the demo county (once) ...")
        from goldenhour.roads.build import demo  # noqa: PLC0415 -- Takes a second to load; needed once.
        from goldenhour.roads.region import write  # noqa: PLC0415

        base.mkdir(parents=True, exist_ok=True, mode=0o700)
        write(demo.build(seed), folder)
        for old in base.glob("region-*"):
            if old != folder:
                shutil.rmtree(old, ignore_errors=True)
    return folder


def demo_morning(base: Path, region: Path, seed: int, say: Say, *, hours: float = HOURS) -> Path:
    """Return a data folder with the hours before the page opens played; made at the first start.

    Raises:
        Refused: it could not be made.
    """
    made = hashlib.sha256((region / "region.toml").read_bytes()).hexdigest()
    folder = base / f"morning-{_key(str(seed), str(hours), str(region), made)}"
    with _made_once(folder) as making:
        if making is not None:
            say("Playing the hours before the page opens (once) ...")
            command = [sys.executable, "-m", "goldenhour.site.demo.prelude", str(making), str(hours), str(seed)]
            done = subprocess.run(command, env=environment(making, region), check=False)  # noqa: S603 -- Our own module.
            if done.returncode:
                raise Refused(
                    code="no_demo",
                    what="The demo's first hours could not be played; the reason stands above.",
                    do="Try another --seed or --region.",
                )
    return folder


def environment(data: Path, region: Path | None, *, opens: str = "", speed: float = SPEED) -> dict[str, str]:
    """Return the environment of a server process. A demo never sees a real database."""
    env = {**os.environ, "GOLDENHOUR_DATA": str(data), "GOLDENHOUR_REGION": str(region or "")}
    if opens or data.parent.name == "demo":
        env.pop("DATABASE_URL", None)
    if opens:
        env |= {"GOLDENHOUR_DEMO": opens, "GOLDENHOUR_SPEED": str(speed)}
    else:
        env.pop("GOLDENHOUR_DEMO", None)
    return env


def serve_demo(port: int, *, seed: int, region: Path | None, speed: float, say: Say) -> None:
    """Serve a demo until stopped: a fresh copy of the prepared morning, and a driver that plays on."""
    refuse_taken(port)
    refuse_no_folder()
    base = data_folder() / "demo"
    place = region.resolve() if region else demo_region(base, seed, say)
    morning = demo_morning(base, place, seed, say)
    run = base / f"run-{port}"
    shutil.rmtree(run, ignore_errors=True)
    shutil.copytree(morning, run)
    opens = str(json.loads((run / "opened.json").read_text())["at"])
    command = [sys.executable, "-m", "goldenhour.site.demo.play", str(port), str(run / "script.json")]
    driver = subprocess.Popen(command)  # noqa: S603 -- Our own module.
    try:
        _serve(port, environment(run, place, opens=opens, speed=speed), say)
    finally:
        driver.terminate()
        driver.wait()
        shutil.rmtree(run, ignore_errors=True)


def serve_real(port: int, *, region: Path | None, say: Say, how: Outside | None = None) -> None:
    """Serve the deployment's own database until stopped; nothing is generated.

    Raises:
        Refused: the port is taken, or the site would be open to a network without TLS.
    """
    how = how or Outside()
    refuse_wrong(how)
    refuse_taken(port, how.bind)
    refuse_no_folder()
    if region is None:
        say("No --region was given: the board will be empty, and nobody can be recommended.")
    _serve(port, environment(data_folder(), region.resolve() if region else None), say, how)


def _serve(port: int, env: dict[str, str], say: Say, how: Outside | None = None) -> None:
    """Run the one web process. Without `how` it listens on this machine only."""
    from granian.constants import HTTPModes, Interfaces, Loops  # noqa: PLC0415 -- Only a server needs it.
    from granian.log import LogLevels  # noqa: PLC0415
    from granian.server import Server  # noqa: PLC0415

    how = how or Outside()
    files = certificate_of(how, data_folder(), port, say)
    if how.http_port:
        lead_to_https(how.http_port, how, port, data_folder())
    env = {**env, **environment_of(how)}
    os.environ.clear()
    os.environ.update({"GOLDENHOUR_CONNECTIONS": CONNECTIONS, **env})
    where = f"http{'s' if files else ''}://{how.hosts[0] if how.hosts and files else 'localhost'}:{port}"
    say(f"goldenhour is at {where} (Ctrl-C stops it).")
    Server(
        "goldenhour.site.serving:application",
        address=how.bind,
        port=port,
        interface=Interfaces.ASGINL,
        workers=1,
        loop=Loops.asyncio,
        http=HTTPModes.http1,
        websockets=False,
        log_level=LogLevels.warning,
        log_access=False,  # An address in a line of a log is one place more where somebody could stand.
        workers_kill_timeout=2,
        ssl_cert=files[0] if files else None,
        ssl_key=files[1] if files else None,
    ).serve()
