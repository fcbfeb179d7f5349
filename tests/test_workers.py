"""Workers: a file that breaks the process that reads it loses only itself."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import closing
from multiprocessing import get_context
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from gxtools import workers
from gxtools.crew import run
from gxtools.errors import FileError, FormatError, GxError, InputError

from .conftest import ROOT
from .faulty_tasks import do, give_shared

unix = pytest.mark.skipif(os.name != "posix", reason="signals of Unix")
linux = pytest.mark.skipif(sys.platform != "linux", reason="memory is limited on Linux only")


def outcomes(*tasks: tuple[str, object], **how: Any) -> list[Any]:
    return list(run(do, tasks, **how))


def around(*bad: tuple[str, object], **how: Any) -> list[Any]:
    """The outcomes of bad tasks, after the good ones around them were found done once, in place."""
    found = outcomes(*[("give", n) for n in range(30)], *bad, ("give", 30), ("give", 31), **how)
    assert [*found[:30], *found[-2:]] == list(range(32))
    return found[30:-2]


@pytest.mark.parametrize("jobs", [None, 1, 2, 3])
def test_outcomes_come_in_the_order_of_the_tasks_whatever_the_number_of_workers(
    jobs: int | None,
) -> None:
    tasks = [("pause", 0.05), *[("give", n) for n in range(200)]]
    assert outcomes(*tasks, jobs=jobs) == [0.05, *range(200)]


def test_an_executor_gives_the_same_and_is_left_open() -> None:
    with ThreadPoolExecutor(2) as executor:
        assert outcomes(*[("give", n) for n in range(120)], executor=executor) == list(range(120))
        assert executor.submit(abs, -1).result() == 1


def test_no_task_needs_no_worker() -> None:
    assert outcomes() == []


def test_less_than_one_job_is_refused() -> None:
    with pytest.raises(InputError, match="jobs=0 is no number"):
        outcomes(("give", 1), jobs=0)


def test_errors_of_the_house_come_back_whole() -> None:
    (error,) = around(("refuse", "no report"))
    assert type(error) is FormatError
    assert (error.what, error.where, error.advice) == ("no report", "page 1", "Do this.")


def test_a_fault_of_our_own_is_told_and_stops_nothing() -> None:
    (error,) = around(("fail", "no such row"))
    assert type(error) is GxError
    assert "LookupError: no such row" in error.what and "report it" in error.advice


@unix
@pytest.mark.parametrize("jobs", [1, 2])
def test_a_worker_that_dies_loses_only_its_file(jobs: int) -> None:
    bad = [("abort", 0), ("kill_self", 0), ("leave", 0), ("abort", 0)]
    errors = around(*bad, jobs=jobs)
    assert {type(error) for error in errors} == {FileError}
    assert "SIGABRT" in errors[0].what and "SIGKILL" in errors[1].what


@unix
def test_a_file_whose_worker_was_killed_from_outside_is_read_again(tmp_path: Path) -> None:
    assert around(("kill_once", str(tmp_path / "mark"))) == ["read"]


def test_a_file_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "SECONDS", 1.0)
    begun = time.monotonic()
    monkeypatch.setattr(workers, "PATIENCE", 2.0)
    errors = around(("spin", 0), ("pause", 60))
    assert time.monotonic() - begun < 20
    assert [error.what for error in errors] == ["reading it took longer than 1 s"] * 2


def test_time_is_counted_a_file_not_a_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "SECONDS", 1.0)
    assert outcomes(*[("work", 0.4)] * 4, jobs=1) == [0.4] * 4


@unix
def test_waiting_for_a_busy_machine_is_not_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "SECONDS", 0.5)
    assert outcomes(("pause", 1.0)) == [1.0]


@linux
def test_a_file_that_needs_too_much_memory_is_given_up() -> None:
    errors = around(("fill", 2000), ("fill", 200), ("fill", 2000))
    assert errors[1] == 200_000_000
    assert "more memory than it may have" in errors[0].what
    assert "more memory than it may have" in errors[2].what


@unix
def test_what_libraries_print_disturbs_nothing() -> None:
    assert around(("chatter", "hello")) == ["hello"]


@unix
def test_a_lost_node_of_an_executor_loses_no_file(tmp_path: Path) -> None:
    tasks = [("give", 0), ("kill_owner_once", str(tmp_path / "mark")), *[("give", 2)] * 100]
    executor = ProcessPoolExecutor(2, mp_context=get_context("spawn"))
    with executor, pytest.warns(UserWarning, match="the executor lost files"):
        assert outcomes(*tasks, executor=executor) == [0, "read", *[2] * 100]


@unix
def test_leaving_early_ends_the_workers(tmp_path: Path) -> None:
    tasks = [("give", 0), *[("note_process", str(tmp_path))] * 3]
    with closing(run(do, tasks, jobs=2)) as found:
        assert next(found) == 0
        wait_for(lambda: bool(list(tmp_path.iterdir())))
    assert not any(map(is_running, tmp_path.iterdir()))


SCRIPT = """
import gxtools
from gxtools.crew import run
from tests.faulty_tasks import do
print(list(run(do, [("give", 1), ("note_process", {folder!r}), ("note_process", {folder!r})], jobs=2)))
"""


@unix
def test_control_c_in_a_plain_script_ends_it_and_its_workers(tmp_path: Path) -> None:
    folder = tmp_path / "processes"
    folder.mkdir()
    script = tmp_path / "script.py"  # without `if __name__ == "__main__"`, as analysts write them
    # A shell that started the tests in the background has Ctrl-C ignored.
    heard = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
    script.write_text(heard + SCRIPT.format(folder=str(folder)), encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, str(script)],
        stderr=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        start_new_session=True,
    )
    wait_for(lambda: len(list(folder.iterdir())) == 2)
    os.killpg(process.pid, signal.SIGINT)  # as the terminal does
    _, told = process.communicate(timeout=60)
    assert told.strip().endswith(b"KeyboardInterrupt")
    assert not any(map(is_running, folder.iterdir()))


@unix
def test_leaving_early_also_ends_the_programs_that_workers_have_started(tmp_path: Path) -> None:
    tasks = [("give", 0), ("start_program", str(tmp_path))]
    with closing(run(do, tasks, jobs=1)) as found:
        assert next(found) == 0
        wait_for(lambda: bool(list(tmp_path.iterdir())))
    wait_for(lambda: not any(map(is_running, tmp_path.iterdir())))


@unix
@pytest.mark.parametrize("task", ["note_process", "start_program"])
def test_workers_of_a_script_that_is_killed_end_too(tmp_path: Path, task: str) -> None:
    folder = tmp_path / "processes"
    folder.mkdir()
    script = SCRIPT.replace("note_process", task).format(folder=str(folder))
    process = subprocess.Popen(
        [sys.executable, "-c", script], env=os.environ | {"PYTHONPATH": str(ROOT)}
    )
    wait_for(lambda: len(list(folder.iterdir())) == 2)
    process.kill()
    process.wait()
    wait_for(lambda: not any(map(is_running, folder.iterdir())))


BEGINNINGS = {  # what stands in the worker's module, and what is told of it
    "def serve(:": "SyntaxError",
    "import no_such_module": "ModuleNotFoundError: No module named 'no_such_module'",
    "import os; os._exit(3)": "it ends (exit status 3)",
    "raise SystemExit(4)": "SystemExit: 4",
    "import time; time.sleep(60)": "does not begin (SIGKILL)",
    "import sys; sys.stdin.read(1); serve = None": "does not begin (SIGKILL)",
}


@unix
@pytest.mark.parametrize("source", BEGINNINGS)
def test_a_worker_that_cannot_begin_ends_the_run_with_the_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, source: str
) -> None:
    (tmp_path / "gxtools").mkdir()
    (tmp_path / "gxtools/__init__.py").touch()
    (tmp_path / "gxtools/serving.py").write_text(source, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(workers, "START", 2.0)
    with pytest.raises(GxError) as caught:
        outcomes(*[("give", n) for n in range(100)], jobs=2)
    assert BEGINNINGS[source] in caught.value.what and caught.value.advice


@pytest.mark.parametrize(
    "words", ["Checking the licence", "Xxxxxxxxx", "no line's end", "\x80\x04"]
)
def test_what_is_printed_while_a_worker_starts_disturbs_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    code = f"import sys; sys.stdout.write({words!r})"
    (tmp_path / "sitecustomize.py").write_text(code, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    assert outcomes(("give", 1), ("give", 2)) == [1, 2]


def test_a_task_that_cannot_be_handed_to_a_worker_is_told_so() -> None:
    with pytest.raises(GxError, match="cannot be given to another process"):
        outcomes(*[("give", n) for n in range(30)], ("give", lambda: None), jobs=2)
    with pytest.raises(GxError, match="cannot be given to another process"):
        list(run(lambda task: task, [1, 2]))


def test_outcomes_that_wait_in_the_pipe_are_told_apart() -> None:
    worker = workers.Worker()
    found = worker.outcomes(do, [("give", n) for n in range(100)])
    assert next(found) == 0
    time.sleep(0.5)  # the owner is slower than the worker, as with a busy machine
    assert list(found) == list(range(1, 100))
    worker.end()


def test_an_outcome_that_cannot_be_handed_back_is_a_fault_of_our_own() -> None:
    unsendable, spoilt = around(("give_unsendable", 0), ("give_spoilt", 0))
    assert "gxtools failed on it" in unsendable.what
    assert "gxtools failed on it: ValueError" in spoilt.what


def test_outcomes_share_what_they_have_in_common_also_around_one_that_cannot_be_sent() -> None:
    unsendable = [number % 9 == 4 for number in range(80)]  # several in a worker's order
    for outcome, bad in zip(run(give_shared, unsendable, jobs=1), unsendable, strict=True):
        if bad:
            assert isinstance(outcome, GxError) and "gxtools failed on it" in outcome.what
        else:
            assert outcome == [["what several outcomes have in common"], 1]


def test_a_function_that_workers_cannot_import_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    module = ModuleType("only_here")
    exec("def do(task): return task", module.__dict__)
    monkeypatch.setitem(sys.modules, "only_here", module)
    with pytest.raises(GxError, match="No module named 'only_here'"):
        list(run(module.do, [1, 2]))


def test_where_no_process_can_be_started_that_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "no-such-python")
    with pytest.raises(GxError, match="no worker process can be started"):
        outcomes(("give", 1))
    monkeypatch.setattr(sys, "frozen", True, raising=False)  # a program made of a script
    with pytest.raises(GxError, match="no Python of its own"):
        outcomes(("give", 1))


FORK = """
import os
from gxtools import crew
from tests.faulty_tasks import do
assert crew.work(do, [("give", 1)]) == [1]
with crew._crews_lock:  # as another thread may hold it at that moment
    child = os.fork()
    if not child:
        crew.work(do, [("give", 2)]) == [2] or os._exit(3)
        crew._end_crew()
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0
assert crew.work(do, [("give", 3)]) == [3]  # the owner's workers are still its own
crew._end_crew()
"""


@unix
def test_a_process_that_is_forked_has_workers_of_its_own() -> None:
    command = [sys.executable, "-W", "ignore", "-c", FORK]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    assert subprocess.run(command, env=environment, timeout=60).returncode == 0


def wait_for(condition: Any) -> None:
    end = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < end, "it did not come about in 60 s"
        time.sleep(0.02)


def is_running(file: Path) -> bool:
    try:
        os.kill(int(file.name), 0)
    except ProcessLookupError:
        return False
    return True
