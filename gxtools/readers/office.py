"""Files of other word processors (.doc, .wps, .rtf, .odt) -> Document, converted by LibreOffice.

LibreOffice is optional. It runs for one file at a time, in a folder and with a profile of its own
that are deleted afterwards, so that several processes can convert at once and no macro runs.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path

from ..document import Document
from ..errors import FormatError
from ..serving import allow
from ..workers import MEGABYTES

SECONDS = 40  # a report takes one second, the first start on a machine up to twenty
SPARE = 20  # that a worker has longer, lest it ends first and leaves LibreOffice behind
PROGRAMS = ("soffice", "libreoffice")
NAMES = {
    "doc": "an old Word or WPS file (.doc, .wps)",
    "rtf": "an RTF file",
    "odt": "an OpenDocument text",
    "ods": "an OpenDocument workbook",
    "wordml": "a Word 2003 XML file",
    "excelml": "an Excel 2003 XML file",
}
_TARGETS = {"ods": "xlsx", "excelml": "xlsx"}
_SUFFIXES = {"wordml": "xml", "excelml": "xml"}
# No macro runs, and nothing that the file links to is fetched (2: never).
_SETTINGS = {
    ("Common/Security/Scripting", "DisableMacrosExecution"): "true",
    ("Common/Security/Scripting", "BlockUntrustedRefererLinks"): "true",
    ("Writer/Content/Update", "Link"): "2",
    ("Calc/Content/Update", "Link"): "2",
}
_AGAIN = "Open it in Word or WPS, save it as .docx or .xlsx, and read that."


def read_converted(path: str, data: bytes, kind: str) -> Document:
    """The Document of a file of `kind` (a key of NAMES), read from what LibreOffice makes of it.

    Raises FormatError where there is no LibreOffice, or it makes nothing of the file.
    """
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        raise FormatError(
            f"this is {NAMES[kind]}, which is read through LibreOffice, and there is none",
            where=path,
            advice="Install LibreOffice (its program soffice must be on the PATH), or open the "
            "file in Word or WPS, save it as .docx or .xlsx, and read that.",
        )
    target = _TARGETS.get(kind, "docx")
    allow(SECONDS + SPARE, MEGABYTES)
    # Windows keeps files of a program that is just ending; what is left there is its own to clean.
    with tempfile.TemporaryDirectory(prefix="gxtools-", ignore_cleanup_errors=True) as folder:
        converted = _convert(path, data, program, Path(folder), kind, target)
    return replace(_read(path, converted, target), format=kind)


def _read(path: str, data: bytes, target: str) -> Document:
    if target == "docx":
        from .docx import read
    else:
        from .xlsx import read
    return read(path, data)


def _convert(path: str, data: bytes, program: str, folder: Path, kind: str, target: str) -> bytes:
    """The bytes of the converted file."""
    profile = folder / "profile" / "user"
    profile.mkdir(parents=True)
    (profile / "registrymodifications.xcu").write_text(_settings(), encoding="utf-8")
    source = folder / f"report.{_SUFFIXES.get(kind, kind)}"
    source.write_bytes(data)
    command = [
        program,
        f"-env:UserInstallation={profile.parent.as_uri()}",
        *("--headless", "--norestore", "--nolockcheck", "--convert-to", target),
        *("--outdir", str(folder / "out"), str(source)),
    ]
    told = _run(path, command)
    made = folder / "out" / f"report.{target}"
    if not made.is_file():
        raise FormatError(
            f"LibreOffice cannot read this file: {told}",
            where=path,
            advice=_AGAIN,
        )
    return made.read_bytes()


def _run(path: str, command: list[str]) -> str:
    """Run LibreOffice; gives back what it says."""
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,  # soffice is a script that starts others: all end together
    )
    try:
        told, _ = process.communicate(timeout=SECONDS)
    except subprocess.TimeoutExpired:
        what = f"LibreOffice did not read this file within {SECONDS} s"
        raise FormatError(what, where=path, advice=_AGAIN) from None
    finally:
        _end(process)
    return " ".join(told.decode("utf-8", "replace").split())[-200:] or "it says nothing"


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        if hasattr(os, "killpg"):
            with contextlib.suppress(OSError):
                os.killpg(process.pid, signal.SIGKILL)
        process.kill()
        process.wait()
    if process.stdout is not None:
        process.stdout.close()


def _settings() -> str:
    items = "".join(
        f'<item oor:path="/org.openoffice.Office.{path}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{value}</value></prop></item>"
        for (path, name), value in _SETTINGS.items()
    )
    space = "http://openoffice.org/2001/registry"
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="{space}">{items}</oor:items>'
    )
