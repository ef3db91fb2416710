"""The least that collecting must do: open every file once, hash it, keep a copy, read all its sheets. Nothing else.

`python -m benchmarks.reference.least_collect FORMS OUT` does it for a folder, as a process of its own.
"""

from __future__ import annotations

import hashlib
import io
import sys
from pathlib import Path

from python_calamine import CalamineWorkbook


def least_collect(forms: Path, out: Path) -> int:
    """Copies named by their checksums in `out`; how many cells are filled."""
    out.mkdir(parents=True)
    filled = 0
    for path in sorted(forms.iterdir()):
        data = path.read_bytes()
        (out / f"{hashlib.sha256(data).hexdigest()}{path.suffix}").write_bytes(data)
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for name in book.sheet_names:
            filled += sum(cell != "" for row in book.get_sheet_by_name(name).to_python() for cell in row)
    return filled


if __name__ == "__main__":
    sys.stdout.write(f"{least_collect(Path(sys.argv[1]), Path(sys.argv[2]))}\n")
