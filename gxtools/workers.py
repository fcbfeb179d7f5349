"""Worker processes that call a function on one file after another, each within limits.

A C library that hangs, aborts or takes all memory cannot be stopped from within Python, and
ProcessPoolExecutor ends no single task and breaks when a process dies. A worker here is a fresh
interpreter at the other end of a pipe that limits itself: when it dies, the file that it was
reading is lost, and another worker takes the rest.
"""

from __future__ import annotations

import contextlib
import faulthandler
import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from .errors import FileError, GxError

# Wall-clock time a file; the largest PDF that is read (200 pages) takes 15 s on a plain laptop.
SECONDS = 30.0
# What one file may add to a worker's memory, which begins with 40; 200 PDF pages add 270.
MEGABYTES = 400

Task = Any
Function = Callable[[Any], Any]
Outcome = Any  # what the function gave back for a task, or the GxError that it raised

# The package's front door loads pandas, which takes ten times as long as all that a worker needs.
# And unlike multiprocessing, this never runs the user's own script again.
_START = """
import importlib.util, pickle, sys
sys.path[:] = pickle.load(sys.stdin.buffer)
package = importlib.util.module_from_spec(importlib.util.find_spec({package!r}))
sys.modules[{package!r}] = package
from {package}.workers import serve
serve()
"""
# One thread a worker: numerical libraries reserve memory for every core of the machine.
_ALONE = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
_NO_WINDOW = getattr(subprocess, "CREATE_NO_WINDOW", 0)
_BUILT = "Leave the file aside, or save its report anew (print it to a PDF, copy it into Excel)."


class LostError(Exception):
    """The worker died over a task; `code` as in Popen.returncode, 0 where it retired before."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code

    def outcome(self) -> GxError:
        """What is told of the file that was being read."""
        if self.code == 1:
            what = f"reading it took longer than {SECONDS:.0f} s"
        else:
            name = _signal(-self.code)
            what = f"it brought the reading process down ({name}), or needed over {MEGABYTES} MB"
        return FileError(what, advice=_BUILT)


def _signal(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"exit status {-number}"


def attempt(function: Function, task: Task) -> Outcome:
    """What `function(task)` gives back, or the GxError that it raises or that tells its fault."""
    try:
        return function(task)
    except GxError as error:
        return error
    except MemoryError as error:
        fault = FileError(f"reading it needed more than {MEGABYTES} MB of memory", advice=_BUILT)
        fault.__cause__ = error
    except Exception as error:
        what = f"gxtools failed on it: {type(error).__name__}: {str(error)[:200]}"
        fault = GxError(what, advice="This is a fault of gxtools; please report it with the file.")
        fault.__cause__ = error
    return fault


class Worker:
    """One process, used by one thread at a time."""

    def __init__(self) -> None:
        self.owner = os.getpid()
        self._process = subprocess.Popen(
            [sys.executable, "-c", _START.format(package=__package__)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=os.environ | _ALONE,
            creationflags=_NO_WINDOW,
        )
        self._send(sys.path)

    def outcomes(self, function: Function, tasks: Sequence[Task]) -> Iterator[Outcome]:
        """The outcomes in order. Raises LostError when the process dies over one of them."""
        self._send((function, list(tasks), SECONDS, MEGABYTES))
        if (fault := self._receive()) is not None:
            raise GxError(f"a worker process cannot load what it is to do: {fault}")
        for _ in tasks:
            yield self._receive()

    def end(self) -> None:
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):
                pipe.close()  # type: ignore[union-attr]

    def _send(self, message: object) -> None:
        with contextlib.suppress(OSError):  # that it died is noticed when it gives nothing back
            pickle.dump(message, self._process.stdin)  # type: ignore[arg-type]
            self._process.stdin.flush()  # type: ignore[union-attr]

    def _receive(self) -> Any:
        try:
            return pickle.load(self._process.stdout)  # type: ignore[arg-type]
        except (EOFError, OSError, ValueError, pickle.UnpicklingError):
            self._process.kill()
            raise LostError(self._process.wait()) from None


def serve() -> None:
    """The life of a worker process: takes tasks from its pipe until the pipe is closed."""
    source, target = _private(0, "rb"), _private(1, "wb")
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the owner, who then ends us
    silent = open(os.devnull, "w")  # noqa: SIM115: open as long as the process lives
    os.dup2(silent.fileno(), 2)
    start = _memory()
    while (order := _order(source, target)) is not None:
        function, tasks, seconds, megabytes = order
        for task in tasks:
            _limit_memory(megabytes)
            faulthandler.dump_traceback_later(seconds, exit=True, file=silent)
            outcome = attempt(function, task)
            faulthandler.cancel_dump_traceback_later()
            _give(target, outcome)
        if _memory() - start > megabytes * 1_000_000 / 2:
            return  # what libraries never give back would be counted against the next files


def _private(number: int, mode: str) -> BinaryIO:
    """The pipe at a standard place, taken away from there: libraries and their children print."""
    pipe = os.fdopen(os.dup(number), mode)
    with open(os.devnull, "r+b") as nothing:
        os.dup2(nothing.fileno(), number)
    return pipe  # type: ignore[return-value]


def _order(source: BinaryIO, target: BinaryIO) -> Any:
    try:
        order = pickle.load(source)
    except EOFError:
        return None
    except Exception as error:  # whatever importing the function's module raises
        _give(target, f"{type(error).__name__}: {error}")
        return None
    _give(target, None)
    return order


def _give(target: BinaryIO, outcome: Outcome) -> None:
    target.write(pickle.dumps(outcome, pickle.HIGHEST_PROTOCOL))
    target.flush()


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

        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        resource.setrlimit(resource.RLIMIT_DATA, (held + megabytes * 1_000_000, hard))
