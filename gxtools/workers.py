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
from typing import Any, BinaryIO, TextIO

from .errors import FileError, GxError

# Computing time a file; the largest PDF that is read (200 pages) takes 12 s on a plain laptop.
SECONDS = 20.0
# By the clock it may take so many times as long: on a busy machine, from a slow disk, while another
# program works for it. Windows counts no computing time of a process: there the clock is all.
PATIENCE = 5.0 if hasattr(signal, "setitimer") else 2.0
# What one file may add to a worker's memory, which begins with 40; 200 PDF pages add 270.
MEGABYTES = 400

Task = Any
Function = Callable[[Any], Any]
Outcome = Any  # what the function gave back for a task, or the GxError that it raised

# The package's front door loads pandas, which takes ten times as long as all that a worker needs.
# And unlike multiprocessing, this never runs the user's own script again.
_START = """
import importlib.util, sys
sys.path[:] = {path!r}
package = importlib.util.module_from_spec(importlib.util.find_spec({package!r}))
sys.modules[{package!r}] = package
from {package}.workers import serve
serve()
"""
# One thread a worker: numerical libraries reserve memory for every core of the machine.
_ALONE = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
_OVERTIME, _OVER_CLOCK = -int(getattr(signal, "SIGPROF", 0)) or 1, 1  # how a worker ends then
_NO_WINDOW = getattr(subprocess, "CREATE_NO_WINDOW", 0)
_silence: list[TextIO] = []  # in a worker: where what libraries print goes
_REINSTALL = "Install gxtools anew in this environment: python -c 'import gxtools' must work."
_BUILT = "Leave the file aside, or save its report anew (print it to a PDF, copy it into Excel)."


class LostError(Exception):
    """A worker died; `begun` says whether over a task, `code` is that of Popen.returncode."""

    def __init__(self, code: int, begun: bool = True) -> None:
        super().__init__(code)
        self.code, self.begun = code, begun

    def outcome(self) -> GxError:
        """What is told of the file that was being read."""
        if self.code in (_OVERTIME, _OVER_CLOCK):
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
        what = f"reading it needs more memory than it may have ({MEGABYTES} MB)"
        fault: GxError = FileError(what, advice=_BUILT)
        fault.__cause__ = error
    except Exception as error:
        what = f"gxtools failed on it: {type(error).__name__}: {str(error)[:200]}"
        fault = GxError(what, advice="This is a fault of gxtools; please report it with the file.")
        fault.__cause__ = error
    return fault


class Worker:
    """One process, used by one thread at a time."""

    def __init__(self) -> None:
        self._answered = False
        self._process = subprocess.Popen(
            [sys.executable, "-c", _START.format(path=sys.path, package=__package__)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=os.environ | _ALONE,
            creationflags=_NO_WINDOW,
        )

    def outcomes(self, function: Function, tasks: Sequence[Task]) -> Iterator[Outcome]:
        """The outcomes in order.

        Raises LostError when the process dies over one of them, GxError when it cannot begin.
        """
        self._send((function, list(tasks), SECONDS, MEGABYTES, PATIENCE))
        if fault := self._begin():
            raise GxError(f"a worker process cannot do its work: {fault}", advice=_REINSTALL)
        for _ in tasks:
            yield self._receive()

    def _begin(self) -> str:
        """What keeps the process from the tasks, or nothing."""
        try:
            fault: str = self._receive()
        except LostError as lost:
            if self._answered:
                raise LostError(lost.code, begun=False) from None  # retired, or killed while idle
            return f"it ends at once ({lost.code})"
        self._answered = True
        return fault

    def end(self) -> None:
        """Kill the process."""
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
        except EOFError:
            raise LostError(self._process.wait()) from None
        except (OSError, ValueError, pickle.UnpicklingError):  # cut in the middle of an outcome
            self._process.kill()
            raise LostError(self._process.wait()) from None


def serve() -> None:
    """The life of a worker process: takes tasks from its pipe until the pipe is closed."""
    source, target = _private(0, "rb"), _private(1, "wb")
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the owner, who then ends us
    silence = open(os.devnull, "w")  # noqa: SIM115
    os.dup2(silence.fileno(), 2)
    _silence.append(silence)
    start = _memory()
    while (order := _order(source, target)) is not None:
        function, tasks, seconds, megabytes, patience = order
        for task in tasks:
            allow(seconds, megabytes, patience)
            outcome = attempt(function, task)
            _stop_clocks()
            _give(target, outcome)
        if _memory() - start > megabytes * 1_000_000 / 2:
            os._exit(0)  # retire: libraries do not give back all that they took


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
    _give(target, "")
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

        _, most = resource.getrlimit(resource.RLIMIT_DATA)
        soft = held + megabytes * 1_000_000
        if most == resource.RLIM_INFINITY or soft < most:
            resource.setrlimit(resource.RLIMIT_DATA, (soft, most))
