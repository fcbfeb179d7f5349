"""Measuring a whole country out of the store: `python -m benchmarks.store FOLDER` (see country.py).

Each line is a process of its own, in which the libraries are loaded: open the corpus, select a
province, measure its outcomes.
"""

from __future__ import annotations

import subprocess
import sys

CODE = """
import sys, time, resource
import gxtools as gx, gxtools.store
def clock(): return time.perf_counter(), time.process_time()
begun = clock()
reports = gx.open_reports(sys.argv[1])
{work}
ended = clock()
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
wall, cpu = (e - b for e, b in zip(ended, begun))
print(f"| {name} | {{size:,}} | {{wall:.2f}} | {{cpu:.2f}} | {{peak:.0f}} |")
"""
WORK = {
    "outcomes of one province (31 of them)": """
chosen = reports.select(province="合成省03")
size = len(chosen); found = gx.outcomes(chosen); assert len(found) == 6 * size""",
    "measure(outcome_share) of one province": """
chosen = reports.select(province="合成省03")
size = len(chosen); found = gx.measure(chosen, "outcome_share")""",
    "outcomes of one district": """
chosen = reports.select(district="合成区0003")
size = len(chosen); found = gx.outcomes(chosen)""",
    "check of one province": """
chosen = reports.select(province="合成省03")
size = len(chosen); found = gx.check(chosen)""",
    "how many reports there are": "size = len(reports)",
}


def main(folder: str) -> None:
    print("| work | reports | s | CPU s | peak MB |\n|---|---|---|---|---|")
    for name, work in WORK.items():
        code = CODE.format(work=work, name=name)
        subprocess.run([sys.executable, "-c", code, folder], check=True)


if __name__ == "__main__":
    main(sys.argv[1])
