"""Write docs/checks.md from the catalogue of checks: `python -m tests.set_checks`."""

from __future__ import annotations

import sys
from pathlib import Path

from gxtools.checklist import as_page

PAGE = Path(__file__).parents[1] / "docs/checks.md"


def main() -> int:
    PAGE.write_text(as_page(), encoding="utf-8", newline="\n")
    print(f"wrote {PAGE.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
