"""Old formats (DOC, RTF) turned into DOCX by LibreOffice, where it is installed."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Sequence
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory

from orientir.audit.reading.failures import OPEN_AND_SAVE, SAVE_AS_DOCX
from orientir.spreadsheets.refusals import Refusal

_SECONDS = 60
# Nothing in a foreign document may run or reach out to the network.
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop>
</item>
</oor:items>
"""


def to_docx(data: bytes, suffix: str) -> bytes:
    """The same document as DOCX; `suffix` is «.doc» or «.rtf». Refusal where LibreOffice is absent or cannot."""
    program = which("soffice") or which("libreoffice")
    if program is None:
        what = f"это документ старого формата ({suffix[1:].upper()}), его читают через LibreOffice, а её здесь нет."
        raise Refusal(what, f"Установите LibreOffice или сделайте копию: {SAVE_AS_DOCX[0].lower()}{SAVE_AS_DOCX[1:]}")
    with TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        source = folder / f"report{suffix}"
        source.write_bytes(data)
        command = [program, _profile(folder), "--headless", "--convert-to", "docx:MS Word 2007 XML"]
        _run([*command, "--outdir", str(folder / "out"), str(source)])
        made = folder / "out" / "report.docx"
        if not made.is_file():
            raise Refusal("LibreOffice не смогла открыть этот документ: он повреждён или защищён.", OPEN_AND_SAVE)
        return made.read_bytes()


def _profile(folder: Path) -> str:
    """A profile of its own, so that runs do not meet each other and an open LibreOffice does not take the call."""
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
    return f"-env:UserInstallation={profile.as_uri()}"


def _run(command: Sequence[str]) -> None:
    """The program starts others that outlive it: where time is up all of them are ended."""
    quiet = subprocess.DEVNULL
    try:
        process = subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)
    except OSError:
        raise Refusal("LibreOffice не запускается.", SAVE_AS_DOCX) from None
    try:
        process.wait(_SECONDS)
    except subprocess.TimeoutExpired:
        raise Refusal(f"LibreOffice не открыла документ за {_SECONDS} секунд.", SAVE_AS_DOCX) from None
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
        process.wait()
