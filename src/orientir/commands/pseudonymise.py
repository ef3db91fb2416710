"""`orientir pseudonymise`: exports that name pupils -> records that do not, inside the school's own perimeter."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from orientir.command_words import tr
from orientir.commands.common import Day, say

if TYPE_CHECKING:
    from datetime import date

    from orientir.pseudonyms.keys import Key
    from orientir.pseudonyms.run import Told

_SHOWN = 20


def pseudonymise(
    folder: Annotated[
        Path | None, typer.Argument(help=tr("Папка выгрузок.", "Folder of exports."), show_default=False)
    ] = None,
    key: Annotated[
        Path | None,
        typer.Option(help=tr("Файл ключа: вне пакета и вне папки выгрузок.", "Key file: outside package and exports.")),
    ] = None,
    into: Annotated[
        Path | None, typer.Option(help=tr("Пакет данных, куда записать.", "The data package to write into."))
    ] = None,
    cycle: Annotated[str, typer.Option(help=tr("Цикл, например 2021/22.", "Cycle, e.g. 2021/22."))] = "",
    new_key: Annotated[
        bool, typer.Option("--new-key", help=tr("Создать ключ этого цикла.", "Make a key for this cycle."))
    ] = False,
    keep_until: Annotated[
        str | None,
        typer.Option(help=tr("До какого дня хранить записи, ГГГГ-ММ-ДД.", "Until which day to keep, YYYY-MM-DD.")),
    ] = None,
    exact: Annotated[
        bool, typer.Option("--exact", help=tr("Связывать только по ключу.", "Link by the key alone."))
    ] = False,
    expire: Annotated[
        Path | None,
        typer.Option(help=tr("Удалить из пакета записи, срок которых вышел.", "Delete what is past its day.")),
    ] = None,
    on: Day = None,
) -> None:
    """Exit code 1 where rows or files were refused, or pairs wait for a person."""
    from orientir.options import report_date

    today = report_date(on)
    if expire is not None:
        _expire(expire, today)
        return
    told = _run(folder, key, into, cycle, new_key, _day(keep_until), exact, today)
    _tell(told)
    if told.has_issues:
        raise typer.Exit(1)


def _day(text: str | None) -> date | None:
    from orientir.options import day_of

    return day_of(text, "--keep-until")


def _expire(package: Path, day: date) -> None:
    from orientir.pseudonyms.expiry import expire

    deleted = expire(package, day)
    rows = ", ".join(f"{table} {count}" for table, count in deleted.items()) or tr("ничего", "nothing")
    say(tr(f"Срок вышел до {day:%d.%m.%Y}. Удалено: {rows}.", f"Past their day before {day}. Deleted: {rows}."))


def _run(
    folder: Path | None,
    key: Path | None,
    into: Path | None,
    cycle: str,
    new_key: bool,
    keep_until: date | None,
    exact: bool,
    today: date,
) -> Told:
    from orientir.errors import Fault, UserError
    from orientir.pseudonyms.run import Order, pseudonymise

    if folder is None or key is None or into is None:
        missing = [name for name, value in (("FOLDER", folder), ("--key", key), ("--into", into)) if value is None]
        raise UserError([Fault(name, "не указано.", "Справка: orientir pseudonymise --help") for name in missing])
    if not folder.is_dir():
        raise UserError(Fault(str(folder), "папки выгрузок нет.", "Укажите папку с файлами."))
    if into.resolve() == folder.resolve() or folder.resolve() in into.resolve().parents:
        what = "пакет лежит внутри папки выгрузок: имена и записи не хранятся вместе."
        raise UserError(Fault(str(into), what, "Укажите в --into другую папку."))
    return pseudonymise(Order(folder, into, _key(key, folder, into, cycle, new_key), today, exact, keep_until))


def _key(path: Path, folder: Path, package: Path, cycle: str, is_new: bool) -> Key:
    from orientir.errors import Fault, UserError
    from orientir.pseudonyms.keys import check_apart, cycle_named, new_key, read_key

    check_apart(path, (folder, package))
    wanted = cycle_named(cycle) if cycle else None
    if is_new:
        if wanted is None:
            raise UserError(Fault("--new-key", "не сказано, какого цикла ключ.", "Добавьте --cycle 2021/22."))
        new_key(path, wanted)
        say(tr(f"Ключ создан: {path}. Храните его отдельно от данных.", f"Key made: {path}. Keep it apart."))
    return read_key(path, wanted)


# ---- what is said


_REASONS = {
    "no_consent": ("нет согласия", "no consent"),
    "no_term": ("срок хранения не назван", "no retention date"),
    "expired": ("срок хранения вышел", "past their day"),
    "not_pupil": ("не обучающийся", "not a pupil"),
    "not_taken": ("экзамен не сдавался", "exam not taken"),
    "not_admitted": ("не зачислен", "not admitted"),
    "repeated": ("повтор", "repeated"),
    "no_identity": ("неизвестно, кто это", "nobody is identified"),
    "no_region": ("неизвестно, из какого региона", "region unknown"),
    "no_school": ("школа не определена", "school unknown"),
    "enrolled_twice": ("числится в двух школах", "enrolled twice"),
}


def _tell(told: Told) -> None:
    for line in _lines(told):
        say(line)


def _lines(told: Told) -> list[str]:
    out = ", ".join(f"{table} {count}" for table, count in told.rows_out.items())
    lines = [
        tr(f"Файлов: {told.files}, строк: {told.rows_in}.", f"Files: {told.files}, rows: {told.rows_in}."),
        tr(f"Записано: {out}.", f"Written: {out}."),
    ]
    for reason, count in sorted(told.refused.items()):
        words = _REASONS.get(reason, (f"не прочитано: {reason.removeprefix('unreadable_')}", reason))
        lines.append(tr(f"Не записано: {words[0]} — {count}.", f"Left out: {words[1]}: {count}."))
    lines += _shortened(told)
    lines += _links(told)
    lines += [tr(f"Профиль сохранён: {path}", f"Profile saved: {path}") for path in told.profiles]
    lines.append(
        tr(
            "Псевдоним — не обезличивание: записи остаются персональными данными.",
            "A pseudonym is not anonymity: these records are personal data still.",
        )
    )
    return lines


def _shortened(told: Told) -> list[str]:
    faults = [*told.refused_files, *told.faults]
    lines = [f"  {fault}" for fault in faults[:_SHOWN]]
    if len(faults) > _SHOWN:
        lines.append(tr(f"  … и ещё {len(faults) - _SHOWN}", f"  … and {len(faults) - _SHOWN} more"))
    return lines


def _links(told: Told) -> list[str]:
    linked, lines = told.linked, []
    if told.bad_snils or told.shared_snils:
        lines.append(
            tr(
                f"СНИЛС не принят: неверная контрольная сумма — {told.bad_snils}, один у разных людей — "
                f"{told.shared_snils}; взяты имя и дата рождения.",
                f"SNILS not trusted: wrong checksum {told.bad_snils}, shared by several {told.shared_snils}.",
            )
        )
    if linked.automatic or linked.confirmed or linked.doubts:
        lines.append(
            tr(
                f"Связано вероятностно: {linked.automatic}, по решению человека: {linked.confirmed}, "
                f"ждут решения: {linked.unanswered}.",
                f"Linked by probability: {linked.automatic}, by a person: {linked.confirmed}, "
                f"waiting: {linked.unanswered}.",
            )
        )
    if linked.unanswered and told.review:
        lines.append(
            tr(
                f"Решите пары в {told.review} (столбец «решение»: да или нет) и запустите снова.",
                f"Decide the pairs in {told.review} and run again.",
            )
        )
    return lines
