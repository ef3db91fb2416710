"""The report on disk: built aside, then put in its place at once. A killed run leaves the old report whole."""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from orientir.disclosure.protect import protect
from orientir.errors import Fault, OutputError
from orientir.model.cycle import Cycle
from orientir.reports.build import build_document
from orientir.reports.document import Document
from orientir.tabular import NUMBERS, files_of

FORMATS = ("docx", "pdf", "html", "xlsx", "site")
Progress = Callable[[str], None]


def write_report(
    cycle: Cycle,
    out: Path,
    formats: Sequence[str] = FORMATS,
    page_numbers: bool = True,
    progress: Progress = lambda _: None,
    public: bool = False,
) -> None:
    """Write every format and file into `out`, which afterwards is either the old report or the new one, whole.

    A `public` one is made of the protected cycle in every format; of the facts it tells only the documents they were
    read from, and it holds no snapshot.
    `page_numbers` asks LibreOffice, where it is installed, on which page each heading of the DOCX falls.
    Raises OutputError where the folder cannot be written or holds something that is not a report.
    """
    with replaced(out) as folder:
        progress("document")
        told = protect(cycle) if public else cycle
        document, book = build_document(told, public)
        for name, text in files_of(told, document.origins, {} if public else book.facts).items():
            (folder / name).write_text(text, encoding="utf-8", newline="")
        _write_snapshot(told, folder / "snapshot")
        for name in formats:
            progress(name)
            _write_format(name, cycle, document, folder, page_numbers)


def _write_snapshot(cycle: Cycle, folder: Path) -> None:
    """The data package as it was read, byte for byte."""
    for name, data in cycle.package.files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def _write_format(name: str, cycle: Cycle, document: Document, folder: Path, page_numbers: bool) -> None:
    # Each renderer is heavy to import and is imported only when it is asked for.
    if name == "docx":
        from orientir.reports.to_docx import docx_with_contents, to_docx

        make = docx_with_contents if page_numbers else to_docx
        (folder / "report.docx").write_bytes(make(document))
    elif name == "pdf":
        from orientir.reports.to_pdf import to_pdf

        (folder / "report.pdf").write_bytes(to_pdf(document))
    elif name == "html":
        from orientir.reports.to_html import to_html

        (folder / "report.html").write_text(to_html(document), encoding="utf-8", newline="")
    elif name == "xlsx":
        from orientir.reports.to_xlsx import to_xlsx

        (folder / "report.xlsx").write_bytes(to_xlsx(document))
    else:
        from orientir.reports.to_site import write_site

        public, _ = build_document(protect(cycle), public=True)
        write_site(public, folder / "site")


@contextmanager
def replaced(out: Path, marker: str = NUMBERS) -> Iterator[Path]:
    """A folder to build in that takes the place of `out` when all has gone well, and vanishes otherwise.

    `marker` is the file by which a folder is known to be one of ours: nothing else is ever replaced.
    """
    check_replaceable(out, marker)
    out = out.resolve()
    aside = out.parent / f".{out.name}.partial-{os.getpid()}"
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        _sweep(out)
        aside.mkdir()
    except OSError as error:
        raise _unwritable(out, error) from error
    try:
        yield aside
        _put_in_place(aside, out)
    except OSError as error:
        raise _unwritable(out, error) from error
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def check_replaceable(out: Path, marker: str = NUMBERS) -> None:
    """Raises OutputError where `out` is a file, a folder without the marker, or out of reach."""
    try:
        if out.exists() and not out.is_dir():
            raise OutputError(Fault(str(out), "это файл, а не папка.", "Укажите другую папку в --out."))
        if out.is_dir() and any(out.iterdir()) and not (out / marker).is_file():
            what = f"папка не пуста, и в ней {_FOUND.get(marker, 'другое')}: содержимое было бы потеряно."
            raise OutputError(Fault(str(out), what, "Укажите новую или пустую папку в --out."))
    except (OSError, RuntimeError) as error:
        raise _unwritable(out, error) from error


_FOUND = {
    NUMBERS: "не отчёт Ориентира",
    "datapackage.json": "не пакет данных",
    "forms.csv": "не формы Ориентира",
    "passports.csv": "не паспорта",
    "papers.csv": "не документы Ориентира",
}
_REASONS = {
    errno.ENOSPC: "на диске нет места",
    errno.EACCES: "нет прав",
    errno.EPERM: "нет прав",
    errno.EROFS: "носитель только для чтения",
    errno.ENOTDIR: "на пути стоит файл",
    errno.EEXIST: "на пути стоит файл",
    errno.ENOENT: "такой папки нет и создать её нельзя",
    errno.ENAMETOOLONG: "слишком длинное имя",
    errno.EISDIR: "это папка, а не файл",
}


def _unwritable(out: Path, error: Exception) -> OutputError:
    reason = _REASONS.get(getattr(error, "errno", None) or 0) or str(error)
    return OutputError(
        Fault(str(out), f"сюда нельзя записать: {reason}.", "Проверьте права и место или укажите другой путь в --out.")
    )


def _sweep(out: Path) -> None:
    """Clear up after killed runs; what belongs to a process that still runs is left to it."""
    for old in _left_behind(out, "old"):
        # The run was killed between its two renames: its old report takes its place again.
        if out.exists():
            shutil.rmtree(old, ignore_errors=True)
        else:
            old.rename(out)
    for aside in _left_behind(out, "partial"):
        shutil.rmtree(aside, ignore_errors=True)


def _left_behind(out: Path, kind: str) -> list[Path]:
    found = [left for left in out.parent.iterdir() if left.name.startswith(f".{out.name}.{kind}-")]
    return [left for left in found if not _is_running(left.name.rpartition("-")[2])]


def _is_running(process: str) -> bool:
    """Is this another process that runs? Where the system cannot be asked without harm, it is taken to run."""
    if not process.isdigit() or int(process) == os.getpid():
        return False
    if os.name == "nt":
        return True
    try:
        os.kill(int(process), 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True
    return True


def _put_in_place(aside: Path, out: Path) -> None:
    """`out` may come and go meanwhile: another run may be writing the same report."""
    for _ in range(3):
        if _exchanged(aside, out):
            return
        try:
            aside.rename(out)
        except OSError as error:
            if error.errno not in (errno.ENOTEMPTY, errno.EEXIST, errno.EACCES) or not out.is_dir():
                raise
        else:
            return
    # No atomic exchange here: between the two renames a killed run leaves the old report under its other name.
    old = out.parent / f".{out.name}.old-{os.getpid()}"
    out.rename(old)
    aside.rename(out)
    shutil.rmtree(old, ignore_errors=True)


def _exchanged(one: Path, other: Path) -> bool:
    """Swap two folders in one step where the system can (renameat2 with RENAME_EXCHANGE on Linux)."""
    try:
        swap = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError, TypeError):
        return False
    here, exchange = -100, 2  # AT_FDCWD, RENAME_EXCHANGE
    done: int = swap(here, os.fsencode(one), here, os.fsencode(other), exchange)
    return done == 0


def write_file(path: Path, content: str | bytes) -> None:
    """One file, written aside and put in its place. Raises OutputError where it cannot be written."""
    if path.is_dir():
        raise OutputError(Fault(str(path), "это папка, а не файл.", "Укажите имя файла в --out."))
    aside = path.with_name(f".{path.name}.partial-{os.getpid()}")
    try:
        aside.write_bytes(content.encode() if isinstance(content, str) else content)
        aside.replace(path)
    except OSError as error:
        raise _unwritable(path, error) from error
    finally:
        with suppress(OSError):
            aside.unlink()
