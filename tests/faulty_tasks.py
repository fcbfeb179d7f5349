"""Tasks for workers: what a hostile file does to the process that reads it."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

from gxtools.errors import FormatError


def do(task: tuple[str, object]) -> object:
    """One of the functions below, by name, with its argument."""
    name, argument = task
    return globals()[name](argument)


def give(value: object) -> object:
    return value


def pause(seconds: float) -> float:
    time.sleep(seconds)
    return seconds


def work(seconds: float) -> float:
    begun = time.process_time()
    while time.process_time() - begun < seconds:
        pass
    return seconds


def spin(_: object) -> None:
    while True:
        pass


def abort(_: object) -> None:
    os.abort()


def leave(status: int) -> None:
    sys.exit(status)


def fill(megabytes: int) -> int:
    return len(b"\1" * megabytes * 1_000_000)


def fail(words: str) -> None:
    raise LookupError(words)


def refuse(words: str) -> None:
    raise FormatError(words, where="page 1", advice="Do this.")


def chatter(words: str) -> str:
    """Prints where a careless library, or a program that it starts, would."""
    print(words, flush=True)
    os.system(f"echo {words}")
    return sys.stdin.read() + words


def kill_self(_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def kill_once(mark: str) -> str:
    """Is killed the first time, as by a system short of memory."""
    if not Path(mark).exists():
        Path(mark).touch()
        kill_self(None)
    return "read"


def kill_owner_once(mark: str) -> str:
    """Kills the process that the worker works for: a node of the cluster is lost."""
    if not Path(mark).exists():
        Path(mark).touch()
        os.kill(os.getppid(), signal.SIGKILL)
        time.sleep(60)
    return "read"


def note_process(folder: str) -> None:
    """Leaves a file named after the process, and takes its time."""
    (Path(folder) / str(os.getpid())).touch()
    time.sleep(60)


def give_unsendable(_: object) -> object:
    return lambda: None


_SHARED = ["what several outcomes have in common"]


def give_shared(unsendable: bool) -> object:
    """An outcome with an object that others have too, and perhaps one that cannot be sent."""
    return [_SHARED, (lambda: None) if unsendable else len(_SHARED)]


class Spoilt:
    """Is handed over, and fails where it is unpacked."""

    def __reduce__(self) -> tuple[object, ...]:
        return (int, ("no number",))


def give_spoilt(_: object) -> object:
    return Spoilt()


def start_program(folder: str) -> None:
    """Works through another program, as LibreOffice is used."""
    from gxtools.readers.office import _run

    note = (
        f"import os, time; open(os.path.join({folder!r}, str(os.getpid())), 'w'); time.sleep(600)"
    )
    _run("report.doc", [sys.executable, "-c", note])
