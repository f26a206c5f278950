"""The program opens no network connection, whatever it is asked to do."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

# Refuses and records every use of a socket from Python, lets the program do its whole work, and looks at the
# sockets that the process holds in the end (Qt would open its own without Python noticing).
WATCHED = """
import os, sys

FAMILY_UNIX = 1
used = []

def watch(event, arguments):
    if event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"):
        used.append((event, arguments[0]))
        raise PermissionError("no network in this test")
    if event in ("socket.connect", "socket.bind") and arguments[0].family != FAMILY_UNIX:
        used.append((event, arguments[1]))
        raise PermissionError("no network in this test")

sys.addaudithook(watch)

def network_sockets():
    mine = set()
    for number in os.listdir("/proc/self/fd"):
        try:
            target = os.readlink(f"/proc/self/fd/{number}")
        except OSError:
            continue
        if target.startswith("socket:["):
            mine.add(target[8:-1])
    found = []
    for kind in ("tcp", "tcp6", "udp", "udp6", "raw"):
        try:
            lines = open(f"/proc/net/{kind}").read().splitlines()[1:]
        except OSError:
            continue
        found += [line for line in lines if line.split()[9] in mine]
    return found

from planner import app
status = app.run(sys.argv[1:])
assert not used, used
if sys.platform == "linux":
    assert not network_sockets(), network_sockets()
assert "PySide6.QtNetwork" not in sys.modules
sys.exit(status)
"""
DEMO = Path(__file__).resolve().parent.parent.parent / "resources" / "demo"


def _run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-X", "utf8", "-c", WATCHED, *words],
        env={**os.environ, "WENBAO_HOME": str(folder), "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=180,
    )


@pytest.mark.parametrize(
    "words",
    [
        ["--self-test"],
        ["import", str(DEMO / "alipay_bill.csv"), "--json", "--profile", "a"],
        ["policy", "check"],
        ["demo", "--pages", "pages"],
    ],
    ids=lambda words: words[0],
)
def test_no_connection_is_opened(words: list[str], tmp_path: Path) -> None:
    done = _run(tmp_path, *[str(tmp_path / word) if word == "pages" else word for word in words])
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_watch_sees_a_connection() -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            WATCHED.split("from planner")[0] + "import socket; socket.create_connection(('::1', 9))",
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "no network in this test" in done.stderr
