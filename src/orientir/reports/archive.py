"""Archives with the same bytes every time: the order of their parts and the dates are fixed.

DOCX and XLSX are zip archives, and the libraries that write them put the clock into every entry. What is inside the
parts is the business of the renderers.
"""

from __future__ import annotations

import io
import zipfile
from datetime import date

# A zip cannot hold an earlier date.
_EARLIEST = date(1980, 1, 1)

# Readers tell the kind of a file by its first entry, so this one goes before all.
_FIRST = "[Content_Types].xml"


def repacked(data: bytes, when: date) -> bytes:
    """The same archive with entries sorted by name and dated `when`."""
    moment = max(when, _EARLIEST)
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(target, "w") as archive:
        for name in sorted(source.namelist(), key=lambda name: (name != _FIRST, name)):
            entry = zipfile.ZipInfo(name, (moment.year, moment.month, moment.day, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            # The system that wrote the file must not show in it: unix everywhere.
            entry.create_system = 3
            archive.writestr(entry, source.read(name))
    return target.getvalue()
