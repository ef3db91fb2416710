"""`orientir audit`: somebody's finished report, every number recomputed and every contradiction named."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from orientir.command_words import COMMAND, tr
from orientir.commands.common import progress_shown, say

if TYPE_CHECKING:
    from orientir.audit.result import Audit
    from orientir.errors import Fault

_FORMATS = ("table", "json", "html", "docx")
_TO_FILE = ("html", "docx")
_HERE = Path()  # `--annotate` without a file: where --out says


class AuditCommand(COMMAND):  # type: ignore[valid-type,misc]
    """`--annotate` may stand without a file."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        following = [*args, "-"][1:]
        alone = (one == "--annotate" and after.startswith("-") for one, after in zip(args, following, strict=True))
        return super().parse_args(  # type: ignore[no-any-return]
            ctx, [f"{one}=" if bare else one for one, bare in zip(args, alone, strict=True)]
        )


def audit(
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar="FILE",
            help=tr(
                "Отчёт: DOCX, ODT, PDF, HTML, XLSX, TXT; DOC и RTF — через LibreOffice.",
                "The report: DOCX, ODT, PDF, HTML, XLSX, TXT; DOC and RTF by LibreOffice.",
            ),
            show_default=False,
        ),
    ] = None,
    programme: Annotated[
        str,
        typer.Option(
            help=tr(
                "Программа, по справочным данным которой судить: имя или папка.",
                "The programme by whose reference data to judge: an id or a folder.",
            ),
            show_default=False,
        ),
    ] = "",
    format: Annotated[
        str, typer.Option("--format", help=tr("Вид: table, json, html, docx.", "Form: table, json, html, docx."))
    ] = "table",
    out: Annotated[
        Path | None,
        typer.Option(
            help=tr("Файл вместо экрана; для html и docx обязателен.", "A file; html and docx always need one.")
        ),
    ] = None,
    annotate: Annotated[
        Path | None,
        typer.Option(
            help=tr(
                "Записать тот же DOCX с примечанием у каждого замечания; без файла — в --out.",
                "Write the same DOCX with a comment at each finding; without a file, to --out.",
            )
        ),
    ] = None,
    show: Annotated[
        str,
        typer.Option(
            help=tr("tables: показать, как поняты числа таблиц.", "tables: show how the numbers were understood."),
            show_default=False,
        ),
    ] = "",
    advice: Annotated[
        str,
        typer.Option(
            metavar="CODE",
            help=tr("Что значит правило и что делать.", "What a rule means and what to do (in Russian)."),
            show_default=False,
        ),
    ] = "",
) -> None:
    """Exit code 1 where anything above info was found, 2 where the file cannot be read."""
    if advice:
        say(_advice(advice))
        return
    if annotate == _HERE and out is not None:
        annotate, out, format = out, None, "table"
    # What can be refused at once is refused before the long work.
    path = _checked(file, format, out, annotate, show)
    if programme:
        from orientir.resources import programme_folder

        programme_folder(programme)
    with progress_shown(1) as progress:
        from orientir.audit.audit import audit_file

        progress(tr("Читаю и проверяю отчёт", "Reading and auditing the report"))
        found = audit_file(path, programme) if programme else audit_file(path)
    if annotate is not None:
        _annotate(path, found, annotate)
    _give(found, "tidy" if show else format, out)
    if any(finding.severity != "info" for finding in found.findings):
        raise typer.Exit(1)


def _checked(file: Path | None, format: str, out: Path | None, annotate: Path | None, show: str) -> Path:
    """The path of the report. Raises UserError with every mistake in the options."""
    from orientir.errors import Fault, UserError

    faults = []
    if file is None:
        faults.append(Fault("FILE", "не указан отчёт.", "Напишите: orientir audit отчёт.docx"))
    if format not in _FORMATS:
        faults.append(Fault("--format", f"формата «{format}» нет.", f"Допустимы: {', '.join(_FORMATS)}."))
    if show not in ("", "tables"):
        faults.append(Fault("--show", f"показать «{show}» нельзя.", "Допустимо: tables."))
    if show and format != "table":
        faults.append(Fault("--show", "таблицы выводятся только текстом.", "Уберите --format или --show."))
    elif format in _TO_FILE and out is None:
        what = f"{format} на экран не выводится."
        faults.append(Fault("--format", what, f"Укажите файл: --out проверка.{format}"))
    faults += _clashes(file, out, annotate)
    if file is None or faults:
        raise UserError(faults)
    return file


def _clashes(file: Path | None, out: Path | None, annotate: Path | None) -> list[Fault]:
    """Files that would be written over the report or over each other."""
    from orientir.errors import Fault

    taken = {file.resolve(): "это сам отчёт: он был бы затёрт."} if file else {}
    faults = []
    for option, path in (("--out", out), ("--annotate", annotate)):
        if path is None:
            continue
        if path.resolve() in taken:
            faults.append(Fault(option, taken[path.resolve()], "Укажите другой файл."))
        taken[path.resolve()] = "этот файл уже указан в --out."
    if annotate == _HERE:
        faults.append(Fault("--annotate", "не сказано, куда записать.", "Укажите файл: --annotate проверенный.docx"))
    elif annotate is not None and annotate.suffix.lower() != ".docx":
        faults.append(Fault("--annotate", "примечания ставятся только в DOCX.", f"Назовите файл {annotate.stem}.docx."))
    return faults


def _annotate(path: Path, found: Audit, target: Path) -> None:
    from orientir.audit.outputs.annotate import annotated
    from orientir.writing import write_file

    write_file(target, annotated(path.read_bytes(), found.findings))
    sys.stderr.write(tr(f"Отчёт с примечаниями: {target}\n", f"The report with comments: {target}\n"))


def _give(found: Audit, form: str, out: Path | None) -> None:
    from orientir.writing import write_file

    made = _made(found, form, to_screen=out is None)
    if out is not None:
        write_file(out, made)
        say(_told(found, out))
    elif isinstance(made, str):
        sys.stdout.flush()
        # JSON is UTF-8, whatever the screen speaks; what the screen has no letter for is replaced in the rest.
        encoding = "utf-8" if form == "json" else sys.stdout.encoding
        sys.stdout.buffer.write(made.encode(encoding, "replace"))
        sys.stdout.buffer.flush()


def _made(found: Audit, form: str, to_screen: bool) -> str | bytes:
    """Each output is imported only when it is asked for."""
    if form == "json":
        from orientir.audit.outputs.to_json import to_json

        return to_json(found)
    if form == "html":
        from orientir.audit.outputs.to_html import to_html

        return to_html(found)
    if form == "docx":
        from orientir.audit.outputs.to_docx import to_docx
        from orientir.options import report_date

        return to_docx(found, report_date(None))
    if form == "tidy":
        from orientir.audit.outputs.tidy import show_tables

        return show_tables(found)
    return _table(found, to_screen)


def _table(found: Audit, to_screen: bool) -> str:
    from shutil import get_terminal_size

    from orientir.audit.outputs.to_table import to_table

    return to_table(found, min(get_terminal_size((100, 24)).columns, 120) if to_screen else 100)


def _told(found: Audit, out: Path) -> str:
    from orientir.audit.outputs.words import checked, summary

    return tr(f"Проверка: {out}\n", f"The audit: {out}\n") + f"{summary(found)}\n{checked(found)}"


def _advice(code: str) -> str:
    from textwrap import fill

    from orientir.audit.advice import advice_on

    told = advice_on(code)
    parts = (("Что это значит", told.meaning), ("Почему это важно", told.reason), ("Что делать", told.action))
    return "\n\n".join([f"{told.title} [{code}]", *(fill(f"{name}. {text}", 100) for name, text in parts)])
