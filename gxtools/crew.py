"""Many tasks over many workers: every outcome once, in order, whoever does the work."""

from __future__ import annotations

import os
import pickle
import threading
import warnings
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import CancelledError, Executor, Future, ThreadPoolExecutor, wait
from itertools import islice

from .errors import GxError, InputError
from .workers import Function, LostError, Outcome, Task, Worker

Chunk = Sequence[Task]
# Files a worker takes at a time: below this the hand-over costs more than the reading.
CHUNK = 20
CHUNK_AFAR = (
    50  # for an executor that may be a cluster: one file a task takes it four times as long
)
# Chunks handed out before the first is given back; the outcomes of the others wait in memory.
AHEAD = 4  # a worker
AHEAD_AFAR = 256
# A worker is ready after 0.2 s, in which it would read so many web pages: few files need but one.
# That is also why no folder is too small for workers: its one bad file would hang the notebook.
FEW = 30
_KILLED = -9  # by the system short of memory, or by somebody: perhaps not the file's doing


def run(
    function: Function,
    tasks: Sequence[Task],
    *,
    jobs: int | None = None,
    executor: Executor | None = None,
) -> Generator[Outcome, None, None]:
    """The outcome of `function` for each task, in their order: its result, or a GxError.

    The function is called in workers, each task within their limits; a module must hold it.
    `jobs` is the number of workers (without it: all cores, fewer for few tasks). An `executor` is
    given chunks of tasks, and does each with a worker of its own; chunks that it loses are done
    here. Ends all workers when it ends, also when it is left early.
    """
    if jobs is not None and (not isinstance(jobs, int) or jobs < 1):
        raise InputError(f"jobs={jobs!r} is no number of processes", advice="Give 1 or more.")
    if executor is not None:
        yield from _afar(function, tasks, executor)
    elif tasks:
        yield from _here(function, tasks, jobs or min(_cores(), -(-len(tasks) // FEW)))


def _here(function: Function, tasks: Chunk, count: int) -> Iterator[Outcome]:
    crew = Crew()
    size = max(1, min(CHUNK, len(tasks) // (4 * count)))
    with ThreadPoolExecutor(count, "gxtools") as pool:

        def submit(chunk: Chunk) -> Future[list[Outcome]]:
            return pool.submit(crew.outcomes, function, chunk)

        try:
            for _, future in _in_order(_parted(tasks, size), submit, AHEAD * count):
                yield from future.result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
            crew.end()


def _afar(function: Function, tasks: Chunk, executor: Executor) -> Iterator[Outcome]:
    def submit(chunk: Chunk) -> Future[list[Outcome]]:
        try:
            return executor.submit(work, function, chunk)
        except RuntimeError as error:  # a broken pool takes nothing more
            failed: Future[list[Outcome]] = Future()
            failed.set_exception(error)
            return failed

    try:
        for chunk, future in _in_order(_parted(tasks, CHUNK_AFAR), submit, AHEAD_AFAR):
            yield from _result(function, chunk, future)
    finally:
        _end_crew()


def _result(function: Function, chunk: Chunk, future: Future[list[Outcome]]) -> list[Outcome]:
    """What the executor made of a chunk; where it lost the chunk, what is made of it here."""
    try:
        return future.result()
    except (ImportError, AttributeError, pickle.PicklingError) as error:
        raise GxError(
            f"the executor cannot run gxtools: {type(error).__name__}: {error}",
            advice="Install the same gxtools where the executor works.",
        ) from error
    except GxError:
        raise
    except Exception as error:  # each kind of executor has its own words for a lost worker
        warnings.warn(
            f"the executor lost files ({type(error).__name__}); they are read here",
            stacklevel=2,
        )
        return work(function, chunk)


def _in_order(
    chunks: Iterator[Chunk], submit: Callable[[Chunk], Future[list[Outcome]]], ahead: int
) -> Iterator[tuple[Chunk, Future[list[Outcome]]]]:
    """Each chunk with its future, which is done; at most `ahead` chunks are out at a time."""
    waiting = deque((chunk, submit(chunk)) for chunk in islice(chunks, ahead))
    try:
        while waiting:
            chunk, future = waiting.popleft()
            while not wait([future], timeout=1).done:
                pass  # Windows hears of Ctrl-C only between two waits
            yield chunk, future
            waiting.extend((chunk, submit(chunk)) for chunk in islice(chunks, 1))
    finally:
        for _, future in waiting:
            future.cancel()


def _parted(tasks: Chunk, size: int) -> Iterator[Chunk]:
    return (tasks[place : place + size] for place in range(0, len(tasks), size))


def _cores() -> int:
    """The cores that this process may use: a container or a cluster may grant it fewer."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Crew:
    """The workers of one run; as many as threads ask for one at the same time."""

    def __init__(self) -> None:
        self.ended = False
        self._lock = threading.Lock()
        self._all: set[Worker] = set()
        self._idle: list[Worker] = []

    def outcomes(self, function: Function, tasks: Chunk) -> list[Outcome]:
        """The outcomes in order; a worker that dies costs the one task over which it died."""
        found: list[Outcome] = []
        spared = -1  # the task that was given a second chance
        while len(found) < len(tasks):
            worker = self._take()
            try:
                for outcome in worker.outcomes(function, tasks[len(found) :]):
                    found.append(outcome)
                self._idle.append(worker)
            except LostError as lost:
                self._drop(worker)
                if lost.code == _KILLED and not lost.fault and spared != len(found):
                    spared = len(found)
                elif lost.begun:
                    found.append(lost.outcome())
            except BaseException:
                self._drop(worker)  # whatever it still says belongs to no task
                raise
        return found

    def end(self) -> None:
        """End all workers; threads that still wait for one are told so by CancelledError."""
        with self._lock:
            self.ended = True
            workers, self._all = self._all, set()
        for worker in workers:
            worker.stop()
        for worker in workers:
            worker.end()

    def _take(self) -> Worker:
        with self._lock:
            if self.ended:
                raise CancelledError
            worker = self._idle.pop() if self._idle else Worker()
            self._all.add(worker)
            return worker

    def _drop(self, worker: Worker) -> None:
        worker.end()
        with self._lock:
            self._all.discard(worker)


_crews: list[Crew] = []  # at most one: the crew of this process, kept from chunk to chunk
_crews_lock = threading.Lock()
_inherited: list[Crew] = []  # not ours to end; kept, lest Python takes their processes for ours


def _forget() -> None:
    """In a process that was forked: its crew is another's, and the lock may never be given back."""
    global _crews_lock
    _crews_lock = threading.Lock()
    _inherited.extend(_crews)
    _crews.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget)


def work(function: Function, tasks: Chunk) -> list[Outcome]:
    """The outcomes of a chunk, by this process's own workers; executors are given this to do."""
    with _crews_lock:
        if not _crews or _crews[0].ended:
            _crews[:] = [Crew()]
        crew = _crews[0]
    return crew.outcomes(function, tasks)


def _end_crew() -> None:
    with _crews_lock:
        for crew in _crews:
            crew.end()
        _crews.clear()
