"""corpus.json: which files are the corpus. Whoever replaces it, by one renaming, changes it all."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import Any

from ..errors import FileError, FormatError, InputError
from .parts import TABLES, Part
from .storage import Storage

NAME = "corpus.json"
SCHEMA = 1
_KIND = "gxtools corpus"
LEDGER, LOOSE = "ledger", "loose"
_FOLDERS = tuple(f"{folder}/" for folder in (*TABLES, LEDGER, LOOSE, "earlier"))


@dataclass(frozen=True)
class Manifest:
    """The parts of a corpus, its ledger of files, and its problems that belong to no report."""

    generation: int = 0
    parts: tuple[Part, ...] = ()
    ledger: str = ""
    loose: str = ""
    next: int = 0  # the place of the next report in the index

    @property
    def current(self) -> list[Part]:
        return [part for part in self.parts if not part.earlier]

    @property
    def names(self) -> set[str]:
        """Every file of the corpus."""
        extra = {name for name in (self.ledger, self.loose) if name}
        return {NAME, *extra, *(name for part in self.parts for name in part.names)}

    def without(self, parts: list[Part]) -> Manifest:
        gone = {part.id for part in parts}
        return replace(self, parts=tuple(part for part in self.parts if part.id not in gone))


def read_manifest(storage: Storage) -> Manifest:
    """The manifest of a corpus.

    Raises FileError where there is no corpus, FormatError for one of a newer gxtools.
    """
    if not storage.exists(NAME):
        what = "there is no corpus"
        advice = "Write one with reports.save(dir) or gx.update(dir, where)."
        raise FileError(what, where=storage.where, advice=advice)
    try:
        told: dict[str, Any] = json.loads(storage.read(NAME))
        if told.get("kind") != _KIND:
            raise KeyError("kind")
        schema = int(told["schema"])
    except (ValueError, KeyError, AttributeError) as error:
        what = f"{NAME} is not that of a corpus: {error!r}"
        raise FormatError(what, where=storage.where, advice="Check the folder.") from error
    if schema > SCHEMA:
        what = f"the corpus was written by a newer gxtools (schema {schema}; this reads {SCHEMA})"
        raise FormatError(what, where=storage.where, advice="Update gxtools.")
    parts = tuple(Part(**part) for part in told["parts"])
    return Manifest(told["generation"], parts, told["ledger"], told["loose"], told["next"])


def find_manifest(storage: Storage) -> Manifest:
    """The manifest, or that of an empty corpus where the folder is empty or absent.

    Raises InputError for a folder of something else.
    """
    if storage.exists(NAME):
        return read_manifest(storage)
    strange = [name for name in storage.names() if not _is_ours(name)]
    if strange:
        what = f"the folder is no corpus and not empty: it holds {strange[0]}"
        raise InputError(what, where=storage.where, advice="Give a folder of its own.")
    return Manifest()


def write_manifest(storage: Storage, manifest: Manifest, before: Manifest) -> Manifest:
    """Make the corpus what `manifest` says, at once, and remove the files it no longer has.

    Raises FileError where another program has changed the corpus since `before` was read.
    """
    if find_manifest(storage).generation != before.generation:
        what = "another program has changed the corpus meanwhile"
        raise FileError(what, where=storage.where, advice="Run it again: nothing is lost.")
    manifest = replace(manifest, generation=before.generation + 1)
    with storage.writing(NAME) as file:
        file.write(json.dumps(_told(manifest), ensure_ascii=False, indent=1).encode())
    sweep(storage, manifest)
    return manifest


def sweep(storage: Storage, manifest: Manifest) -> None:
    """Remove files that are no longer of the corpus, and those that a killed program left."""
    storage.remove(
        name for name in storage.names() if _is_ours(name) and name not in manifest.names
    )


def _told(manifest: Manifest) -> dict[str, Any]:
    return {
        "kind": _KIND,
        "schema": SCHEMA,
        "generation": manifest.generation,
        "written": datetime.now(UTC).isoformat(timespec="seconds"),
        "reports": sum(part.reports for part in manifest.current),
        "cells": sum(part.cells for part in manifest.current),
        "next": manifest.next,
        "ledger": manifest.ledger,
        "loose": manifest.loose,
        "parts": [asdict(part) for part in manifest.parts],
    }


def _is_ours(name: str) -> bool:
    """Whether a file may be one that a corpus is made of; others are never touched."""
    if "/" not in name:
        return name.startswith(NAME)
    return name.startswith(_FOLDERS) and name.endswith((".parquet", ".tmp"))
