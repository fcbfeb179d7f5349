"""What a worker process does: takes tasks from its pipe, one after another, each within limits."""

from __future__ import annotations

import faulthandler
import io
import os
import pickle
import signal
import threading
import time
from pathlib import Path
from typing import Any, BinaryIO, TextIO

from .workers import GRACE, HEADER, PATIENCE, Outcome, attempt, own_fault, said

_silence: list[TextIO] = []  # in a worker: where what libraries print goes


def serve() -> None:
    """The life of a worker process: takes tasks from its pipe until the pipe is closed."""
    source, target = _private(0, "rb"), _private(1, "wb")
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the owner, who then ends us
    signal.signal(signal.SIGTERM, _leave)
    silence = open(os.devnull, "w")  # noqa: SIM115
    os.dup2(silence.fileno(), 2)
    _silence.append(silence)
    if hasattr(os, "getpgid"):  # Windows does not tell that a parent is gone
        threading.Thread(target=_watch, args=(os.getppid(),), daemon=True).start()
    start = _memory()
    while (order := _order(source, answer := Answer(target))) is not None:
        function, tasks, seconds, megabytes, patience = order
        for task in tasks:
            allow(seconds, megabytes, patience)
            outcome = attempt(function, task)
            _stop_clocks()
            answer.give(outcome)
        if _memory() - start > megabytes * 1_000_000 / 2:
            os._exit(0)  # retire: libraries do not give back all that they took


def _watch(owner: int) -> None:
    """End the process soon after its owner was killed, also in the middle of a file."""
    while os.getppid() == owner:
        time.sleep(1)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE)
    os._exit(0)


def _leave(*_: object) -> None:
    """End on the owner's word; an exception lets the reader end a program that it has started."""
    raise SystemExit(0)


def allow(seconds: float, megabytes: int, patience: float = PATIENCE) -> None:
    """Grant the file that is being read so much computing time and memory from now on.

    For work that needs more than most (OCR). Outside a worker there are no limits to change.
    """
    if _silence:
        _limit_memory(megabytes)
        # Both end the process wherever it is, also within a C library that never comes back.
        faulthandler.dump_traceback_later(seconds * patience, exit=True, file=_silence[0])
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_PROF, seconds)


def _stop_clocks() -> None:
    faulthandler.cancel_dump_traceback_later()
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, 0)


def _private(number: int, mode: str) -> BinaryIO:
    """The pipe at a standard place, taken away from there: libraries and their children print."""
    pipe = os.fdopen(os.dup(number), mode)
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, number)
    os.close(nothing)
    return pipe  # type: ignore[return-value]


def _order(source: BinaryIO, answer: Answer) -> Any:
    try:
        order = pickle.load(source)
    except EOFError:
        return None
    except Exception as error:  # whatever importing the function's module raises
        answer.give(said(error))
        return None
    answer.give("")
    return order


class Answer:
    """What is given back for one order. What several outcomes have in common is sent once: each
    may refer to those before it, back to one that stands alone."""

    def __init__(self, target: BinaryIO) -> None:
        self._target = target
        self._renew()

    def _renew(self) -> None:
        self._alone, self._buffer = True, io.BytesIO()
        self._pickler = pickle.Pickler(self._buffer, pickle.HIGHEST_PROTOCOL)

    def give(self, outcome: Outcome) -> None:
        try:
            self._pickler.dump(outcome)
        except Exception as error:
            self._renew()
            self._pickler.dump(own_fault(error))
        packed = self._buffer.getvalue()
        self._target.write(HEADER.pack(self._alone, len(packed)) + packed)
        self._target.flush()
        self._alone = False
        self._buffer.seek(0)
        self._buffer.truncate()


def _memory() -> int:
    """The bytes that the process may write to; 0 where the system does not tell."""
    try:
        pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[5]
    except OSError:
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def _limit_memory(megabytes: int) -> None:
    """Allow the process that much more than it has. Linux only: elsewhere time is the limit."""
    if held := _memory():
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_DATA)
        soft = held + megabytes * 1_000_000
        if most == resource.RLIM_INFINITY or soft < most:
            resource.setrlimit(resource.RLIMIT_DATA, (soft, most))
