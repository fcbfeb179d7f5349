"""Worker processes that read files within limits: a file that breaks its worker loses only itself.

A C library that hangs, aborts or eats all memory cannot be stopped from within Python, and
ProcessPoolExecutor ends no single task and breaks when a worker dies. A worker here is a fresh
interpreter at the other end of a pipe: it limits itself, and another takes its place when it dies.

Workers are used for two files as for a million. One is ready after 0.2 s (it loads no pandas, and
runs no user's script again, as multiprocessing does), which a folder of thirty pages costs anyway.
"""

from __future__ import annotations

import contextlib
import faulthandler
import os
import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Any, BinaryIO

from .errors import FileError, GxError

# Wall-clock time a file. The largest PDF that is read (200 pages) takes 15 s on a plain laptop.
SECONDS = 30.0
# What reading one file may add to a worker's memory (a 200-page PDF adds 300 MB).
MEGABYTES = 400

Task = Any
Function = Callable[[Task], Any]
Outcome = Any  # what the function gave back, or the GxError of this task

# The package's front door loads pandas, which no worker needs: it is left shut.
_START = """
import importlib.util, pickle, sys
sys.path[:] = pickle.load(sys.stdin.buffer)
package = importlib.util.module_from_spec(importlib.util.find_spec({package!r}))
sys.modules[{package!r}] = package
from {package}.workers import serve
serve()
"""
_READY = b"ready\n"
_PUT_ASIDE = "Put the file aside; print the report to a new PDF or copy its tables into Excel."


def attempt(function: Function, task: Task) -> Outcome:
    """What `function(task)` gives back, or a GxError: its own, or one that tells its fault."""
    try:
        return function(task)
    except GxError as error:
        return error
    except MemoryError as error:
        return _told(
            FileError("reading it needs more memory than there is", advice=_PUT_ASIDE), error
        )
    except Exception as error:
        what = f"gxtools failed on this file: {type(error).__name__}: {str(error)[:200]}"
        return _told(GxError(what, advice="Please report this with the file."), error)


def _told(fault: GxError, cause: Exception) -> GxError:
    fault.__cause__ = cause
    return fault


class _LostError(Exception):
    """The worker died over a task; `code` as of Popen.returncode."""

    def __init__(self, code: int) -> None:
        self.code = code


class Worker:
    """One process that calls a function on task after task. Made for one thread at a time."""

    def __init__(self) -> None:
        self.owner = os.getpid()
        code = _START.format(package=__package__)
        self._process = subprocess.Popen(
            [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self._send(sys.path)

    def outcomes(self, function: Function, tasks: Sequence[Task]) -> Iterator[Outcome]:
        """The outcomes in order; raises _LostError when the process dies over one."""
        self._send((function, SECONDS, MEGABYTES, list(tasks)))
        output = self._process.stdout
        assert output is not None
        for _ in tasks:
            try:
                yield pickle.load(output)
            except (EOFError, pickle.UnpicklingError, OSError, ValueError):
                raise _LostError(self._process.wait()) from None

    def end(self) -> None:
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):
                pipe.close()  # type: ignore[union-attr]

    def _send(self, message: object) -> None:
        assert self._process.stdin is not None
        with contextlib.suppress(OSError):  # a dead worker is noticed when it gives nothing back
            pickle.dump(message, self._process.stdin)
            self._process.stdin.flush()
