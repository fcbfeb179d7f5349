"""Reads thousands of mutated documents, in workers; `tests.fuzz_cases` says what that proves.

python -m tests.fuzz --cases 10000 --seed 1         prints each fault with its case
python -m tests.fuzz --only trees:1:4711            repeats one case; --save FILE keeps it
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

from gxtools.crew import run
from gxtools.errors import GxError
from tests.fuzz_cases import KINDS, Verdict, faults, judge, make


def main() -> int:
    arguments = argparse.ArgumentParser(description="Mutated documents.")
    arguments.add_argument("--cases", type=int, default=10_000)
    arguments.add_argument("--seed", default="1")
    arguments.add_argument("--kind", choices=KINDS)
    arguments.add_argument("--jobs", type=int)
    arguments.add_argument("--only", help="KIND:SEED:NUMBER of one case, as a fault is printed")
    arguments.add_argument("--save", help="where the document of that case is kept")
    given = arguments.parse_args()
    if given.only:
        case = make(given.only)
        if given.save:
            Path(given.save).write_bytes(case.data)
        print(f"[{case.subject.name}] {case.what}", *faults(case), sep="\n")
        return 0
    kinds = [given.kind] if given.kind else KINDS
    names = [f"{kinds[n % len(kinds)]}:{given.seed}:{n}" for n in range(given.cases)]
    return _run(names, given.jobs)


def _run(names: list[str], jobs: int | None) -> int:
    """Judge the cases; 1 where any has a fault."""
    counts, bad, worst = Counter[str](), Counter[str](), (0.0, "")
    for name, verdict in zip(names, run(judge, names, jobs=jobs), strict=True):
        kind = name.partition(":")[0]
        if isinstance(verdict, GxError):  # the worker died over it, or making the case failed
            verdict = Verdict("", "", "", (verdict.what,), 0.0)
        counts[f"{kind} {verdict.format}"] += 1
        worst = max(worst, (verdict.seconds, name))
        if verdict.faults:
            bad[f"{kind} {verdict.what}"] += 1
            shown = f"{len(verdict.faults)}: {'; '.join(verdict.faults[:2])}"
            print(f"{name} [{verdict.subject}] {verdict.what}: {shown}", flush=True)
    for what, count in sorted(counts.items()):
        print(f"{what:16} {count:6,}")
    print(f"{len(names):,} cases, the slowest {worst[0]:.1f} s ({worst[1]})")
    print(f"{sum(bad.values())} with faults", *bad.most_common(), sep="\n")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
