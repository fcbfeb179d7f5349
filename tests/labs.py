"""JupyterLab, Voilà and a headless Chromium for tests: all on this machine, in folders of their own."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import nbformat
from nbformat.v4 import new_code_cell, new_notebook

ROOT = Path(__file__).parents[1]
PATIENCE = 240  # seconds, for a machine with other work to do
BROWSER = shutil.which("chromium") or shutil.which("chromium-browser")
_ARGUMENTS = ["--disable-gpu", "--no-first-run", "--disable-background-networking",
              "--disable-component-update", "--disable-sync", "--disable-quic"]  # fmt: skip
_NO_NEWS = {
    "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False}
}


def lacking(*packages: str) -> str:
    """What a test in the browser lacks here, or nothing."""
    absent = [name for name in packages if importlib.util.find_spec(name) is None]
    if absent:
        return f"{', '.join(absent)} is not installed"
    return "" if BROWSER else "Chromium is not installed"


def write_notebook(folder: Path, *cells: str) -> Path:
    """A notebook of these cells in a folder of its own, the samples beside it in `data`."""
    (folder / "data").symlink_to(ROOT / "data")
    kernel = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
    made = new_notebook(
        cells=[new_code_cell(text) for text in cells], metadata={"kernelspec": kernel}
    )
    path = folder / "explore.ipynb"
    nbformat.write(made, path)
    return path


@contextmanager
def serving(folder: Path, module: str, *arguments: str) -> Iterator[str]:
    """The address of a Jupyter program at a free port of 127.0.0.1, ended in the end."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = folder / ".settings"
    settings.mkdir()
    for name, value in _NO_NEWS.items():
        file = settings / name.replace(":", "/")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.with_suffix(".jupyterlab-settings").write_text(json.dumps(value))
    own = {name: str(folder / f".{name}") for name in
           ("JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR", "JUPYTERLAB_WORKSPACES_DIR")}  # fmt: skip
    environment = os.environ | own | {
        "JUPYTERLAB_SETTINGS_DIR": str(settings),
        "PYTHONPATH": str(ROOT),
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
    }  # fmt: skip
    with (folder / ".server.log").open("w") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", module, "--no-browser", f"--port={port}", *arguments],
            cwd=folder, env=environment, stdout=log, stderr=subprocess.STDOUT,
        )  # fmt: skip
        try:
            address = f"http://127.0.0.1:{port}"
            _await_answer(address, server)
            yield address
        finally:
            server.terminate()
            server.wait()


def _await_answer(address: str, server: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and server.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=PATIENCE).close()
            return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.3)
    raise RuntimeError(f"the server did not answer at {address}")


@contextmanager
def browsing() -> Iterator[Any]:
    """A page of Debian's Chromium, which may use the clipboard."""
    from playwright.sync_api import sync_playwright

    root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=BROWSER, args=[*_ARGUMENTS, *root])
        context = browser.new_context(
            viewport={"width": 1500, "height": 1250},
            permissions=["clipboard-read", "clipboard-write"],
            device_scale_factor=1,
        )
        page = context.new_page()
        page.set_default_timeout(PATIENCE * 1000)
        # On a slow machine JupyterLab may ask which kernel to use, or tell that one takes long.
        accept = page.locator(".jp-Dialog button.jp-mod-accept")
        page.add_locator_handler(accept, lambda button: button.click())
        try:
            yield page
        finally:
            browser.close()


def run_all(page: Any, sign: str) -> None:
    """Run all cells and wait for `sign`; a kernel that is just starting may miss the first call."""
    page.wait_for_selector(".jp-Notebook .jp-CodeCell")
    page.wait_for_selector(".jp-Notebook-ExecutionIndicator[data-status='idle']")
    from playwright.sync_api import TimeoutError

    begun = "document.querySelector('.jp-InputPrompt').textContent.match(/[*0-9]/)"
    for _ in range(5):
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
        try:
            page.wait_for_function(begun, timeout=PATIENCE * 100)
            break
        except TimeoutError:
            continue
    page.wait_for_selector(f"{sign}, .jp-OutputArea-output[data-mime-type*='error']")
    assert page.locator(sign).count(), page.locator(".jp-Notebook").inner_text()[-2000:]
