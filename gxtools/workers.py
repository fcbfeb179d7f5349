"""Worker processes that call a function on one file after another, each within limits.

A C library that hangs, aborts or takes all memory cannot be stopped from within Python, and
ProcessPoolExecutor ends no single task and breaks when a process dies. A worker here is a fresh
interpreter at the other end of a pipe that limits itself: when it dies, the file that it was
reading is lost, and another worker takes the rest.
"""

from __future__ import annotations

import contextlib
import io
import os
import pickle
import signal
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from .errors import FileError, GxError

# Computing time a file; the largest PDF that is read (200 pages) takes 12 s on a plain laptop.
SECONDS = 20.0
# By the clock it may take so many times as long: on a busy machine, from a slow disk, while another
# program works for it. Windows counts no computing time of a process: there the clock is all.
PATIENCE = 5.0 if hasattr(signal, "setitimer") else 2.0
# What one file may add to a worker's memory, which begins with 40; 200 PDF pages add 270.
MEGABYTES = 400
# By the clock, until a worker has loaded what it needs: 0.2 s, some ten from a cold network drive.
START = 120.0
GRACE = 3.0  # seconds in which a worker that is told to end may first end a program that it runs

Task = Any
Function = Callable[[Any], Any]
Outcome = Any  # what the function gave back for a task, or the GxError that it raised

# The package's front door loads pandas, which takes ten times as long as all that a worker needs.
# And unlike multiprocessing, this never runs the user's own script again.
# What is printed while it loads (by a site's own start-up code, say) stands before the mark.
_MARK = b"gxtools worker: "
# Before an outcome: whether it may refer to those before it, and its length in bytes.
HEADER = struct.Struct("<?Q")
_START = """
import os, sys
try:
    import importlib.util
    sys.path[:] = {path!r}
    package = importlib.util.module_from_spec(importlib.util.find_spec({package!r}))
    sys.modules[{package!r}] = package
    from {package}.serving import serve
    fault = ""
except BaseException as error:
    fault = " ".join(f"{{type(error).__name__}}: {{error}}".split())
if sys.stdout:
    sys.stdout.flush()
os.write(1, {mark!r} + fault.encode("utf-8", "replace")[:500] + b"\\n")
if not fault:
    serve()
"""
# One thread a worker: numerical libraries reserve memory for every core of the machine.
_ALONE = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
_OVERTIME, _OVER_CLOCK = -int(getattr(signal, "SIGPROF", 0)) or 1, 1  # how a worker ends then
_NO_WINDOW = getattr(subprocess, "CREATE_NO_WINDOW", 0)
_REINSTALL = "Install gxtools anew in this environment: python -c 'import gxtools' must work."
_ONE_BY_ONE = "Read the files one by one with gxtools.read, which needs no other process."
_PLAIN = "Give paths as text and plain values; a function must stand in a module."
_BUILT = "Leave the file aside, or save its report anew (print it to a PDF, copy it into Excel)."


class LostError(Exception):
    """A worker died, or what it says can be followed no more (`fault`).

    `begun` says whether over a task, `code` is that of Popen.returncode.
    """

    def __init__(self, code: int, begun: bool = True, fault: Exception | None = None) -> None:
        super().__init__(code)
        self.code, self.begun, self.fault = code, begun, fault

    def outcome(self) -> GxError:
        """What is told of the file that was being read."""
        if self.fault is not None:
            return own_fault(self.fault)
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
        fault = own_fault(error)
        fault.__cause__ = error
    return fault


def own_fault(error: Exception) -> GxError:
    """What is told of an error that nobody foresaw."""
    what = f"gxtools failed on it: {said(error)}"
    return GxError(what, advice="This is a fault of gxtools; please report it with the file.")


def said(error: Exception) -> str:
    """The kind and words of an error, on one line."""
    return f"{type(error).__name__}: {str(error)[:200]}"


class Worker:
    """One process, used by one thread at a time. Raises GxError where none can be started."""

    def __init__(self) -> None:
        self._met = self._answered = False
        self._stopped = 0.0  # when it was told to end
        self._process = _started()
        self._outcome: io.BytesIO  # the one that is being unpacked
        self._unpickler: pickle.Unpickler

    def outcomes(self, function: Function, tasks: Sequence[Task]) -> Iterator[Outcome]:
        """The outcomes in order.

        Raises LostError when the process dies over one of them, GxError when it cannot begin, or
        when the function or a task cannot be handed to another process.
        """
        try:
            order = pickle.dumps((function, list(tasks), SECONDS, MEGABYTES, PATIENCE))
        except Exception as error:  # whatever a task's own way to be pickled raises
            what = f"the work cannot be given to another process: {said(error)}"
            raise GxError(what, advice=_PLAIN) from error
        if fault := self._begin(order):
            raise GxError(f"a worker process cannot do its work: {fault}", advice=_REINSTALL)
        for _ in tasks:
            yield self._receive()

    def _begin(self, order: bytes) -> str:
        """What keeps the process from the tasks, or nothing. Nothing limits it yet but the clock
        here: what it loads may wait for ever (for a drive, for a lock)."""
        clock = threading.Timer(START, self._process.kill)
        clock.daemon = True
        clock.start()
        try:
            if not self._met and (fault := self._meet()):
                return fault
            self._send(order)
            fault = str(self._receive())
        except LostError as lost:
            if self._answered:
                raise LostError(lost.code, begun=False) from None  # retired, or killed while idle
            late = "it is ended from outside, or does not begin" if lost.code < 0 else "it ends"
            return f"{late} ({_signal(-lost.code)})"
        finally:
            clock.cancel()
        self._answered = True
        return fault

    def _meet(self) -> str:
        """What keeps the process from loading gxtools, or nothing."""
        for line in self._process.stdout:  # type: ignore[union-attr]
            _, mark, fault = line.partition(_MARK)
            if mark:
                self._met = True
                return str(fault.decode("utf-8", "replace").strip())
        raise LostError(self._process.wait())

    def stop(self) -> None:
        """Tell the process to end; `end` waits until it has."""
        self._stopped = self._stopped or time.monotonic()
        with contextlib.suppress(OSError):
            self._process.terminate()

    def end(self) -> None:
        """End the process, and what it has started."""
        self.stop()
        try:
            self._process.wait(max(self._stopped + GRACE - time.monotonic(), 0))
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):
                pipe.close()  # type: ignore[union-attr]

    def _send(self, order: bytes) -> None:
        with contextlib.suppress(OSError):  # that it died is noticed when it gives nothing back
            self._process.stdin.write(order)  # type: ignore[union-attr]
            self._process.stdin.flush()  # type: ignore[union-attr]

    def _receive(self) -> Any:
        try:
            alone, length = HEADER.unpack(self._read(HEADER.size))
            return self._unpacked(self._read(length), alone)
        except LostError:
            raise
        except Exception as error:  # whatever unpacking raises; those to come may refer to it
            self._process.kill()
            raise LostError(self._process.wait(), fault=error) from None

    def _unpacked(self, outcome: bytes, alone: bool) -> Any:
        """Never from the pipe: there an unpickler reads ahead, into the next outcome's header."""
        if alone:
            self._outcome = io.BytesIO()
            self._unpickler = pickle.Unpickler(self._outcome)
        self._outcome.seek(0)
        self._outcome.truncate()
        self._outcome.write(outcome)
        self._outcome.seek(0)
        return self._unpickler.load()

    def _read(self, length: int) -> bytes:
        """So many bytes from the pipe. Raises LostError when it ends before."""
        found: bytes = self._process.stdout.read(length)  # type: ignore[union-attr]
        if len(found) < length:
            raise LostError(self._process.wait())
        return found


def _started() -> subprocess.Popen[bytes]:
    if not sys.executable or getattr(sys, "frozen", False):
        what = "this program has no Python of its own that could be started for worker processes"
        raise GxError(what, advice=_ONE_BY_ONE)
    start = _START.format(path=sys.path, package=__package__, mark=_MARK)
    try:
        return subprocess.Popen(
            [sys.executable, "-c", start],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=os.environ | _ALONE,
            creationflags=_NO_WINDOW,
        )
    except OSError as error:
        what = f"no worker process can be started: {error}"
        raise GxError(what, advice=f"End other programs, or use jobs=1. {_ONE_BY_ONE}") from error
