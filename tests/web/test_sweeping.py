"""A process killed between a file and its row: what nobody can see is swept away, what somebody may need is not.

`python -m web.test_sweeping DATA` is that process.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

from web.running import environment, made_field, running


def test_what_a_killed_process_has_left_is_swept_away(tmp_path: Path) -> None:
    from orientir_web.operation.sweeping import YOUNG  # here, because below Django is not set up yet

    data = tmp_path / "data"
    made_field(data, 1)
    evidence, reports = data / "files" / "evidence", data / "files" / "reports"
    killed = subprocess.run([sys.executable, "-m", "web.test_sweeping", str(data)], env=environment(), check=False)
    assert killed.returncode == -signal.SIGKILL
    kept, lost = (data / "kept").read_text(), (data / "lost").read_text()
    assert {one.name for one in evidence.iterdir()} == {kept, lost}
    [report] = reports.iterdir()
    half = evidence / ".half"
    for made in (half, evidence / "young", data / "files" / "foreign"):
        made.write_bytes(b"x")
    for old in (evidence / kept, evidence / lost, report, half, data / "files" / "foreign"):
        os.utime(old, (old.stat().st_atime, old.stat().st_mtime - YOUNG - 1))
    with running(data) as server:
        log = server.log
    assert {one.name for one in evidence.iterdir()} == {kept, "young"}
    assert not list(reports.iterdir()) and (data / "files" / "foreign").is_file()
    assert "swept away" in log and kept not in log


# ---- in a process of its own


def _leave(data: Path) -> None:
    """One file with its row; another file and a report whose transaction never ends."""
    from orientir_web.serving import start

    start(data)
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.db import transaction

    from orientir_web.people.models import Organisation, Person
    from orientir_web.people.roles import Role
    from orientir_web.registers.services import add_evidence
    from orientir_web.report_check.services import ask
    from web.kept import PDF, register_row

    school, officer = Organisation.objects.get(code="school_0"), Person.objects.get(email="officer.0@example.org")
    row = register_row(SimpleNamespace(schools=(school,), people={Role.SCHOOL_OFFICER: officer}))  # type: ignore[arg-type]
    (data / "kept").write_text(add_evidence(row, SimpleUploadedFile("приказ.pdf", PDF), officer).stored)
    with transaction.atomic():
        (data / "lost").write_text(add_evidence(row, SimpleUploadedFile("второй.pdf", PDF), officer).stored)
        ask(SimpleUploadedFile("отчёт.txt", "Отчёт о мониторинге.".encode()), school, officer)
        os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    _leave(Path(sys.argv[1]))
