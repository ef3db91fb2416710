"""A ZIP that somebody sends as a data package: its parts laid out in a folder, or everything that is wrong with it.

Only what belongs to a package is written, as plain files; bounds and the truth of the directory are the core's.
"""

from __future__ import annotations

import io
import stat
import zipfile
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from orientir.characters import forbidden_character
from orientir.errors import Fault, UserError
from orientir.facts.descriptor import DESCRIPTOR
from orientir.spreadsheets.archives import SIGNATURE, Member, inflated, members
from orientir.spreadsheets.refusals import Refusal

MOST_BYTES = 50_000_000
_MOST_OF_TABLES = 10_000_000  # a district of a hundred schools gives three in three years
_LONGEST = 120  # letters of a file's name
_AGAIN = "Соберите архив заново: упакуйте папку пакета, как её записал Ориентир."


def unpack(data: bytes, target: Path) -> tuple[str, ...]:
    """The package that lies in the archive, alone or in one folder, laid out in `target`, which is made.

    Gives the parts that are none of a package: they are not taken. Raises UserError.
    """
    found = _members(data)
    _check_links(data)
    root = _root([_path(one) for one in found])
    taken = {_path(one).relative_to(root): one for one in found if _is_taken(_path(one), root)}
    size = sum(one.size for path, one in taken.items() if path.suffix.lower() == ".csv")
    if size > _MOST_OF_TABLES:
        what = f"таблицы занимают больше {_MOST_OF_TABLES // 10**6}\u00a0МБ: это больше, чем бывает у округа."
        raise UserError(Fault("архив", what, "Оставьте в пакете сведения одного округа."))
    target.mkdir(mode=0o700)
    for path, one in taken.items():
        _write(data, one, target / path)
    return tuple(sorted(str(_path(one)) for one in found if one not in taken.values()))


def _members(data: bytes) -> list[Member]:
    if not data.startswith(SIGNATURE):
        raise UserError(Fault("файл", "это не архив ZIP.", "Упакуйте папку пакета в ZIP и загрузите архив."))
    try:
        return [one for one in members(data) if not one.key.endswith("/")]
    except Refusal as refusal:
        raise UserError(Fault("архив", refusal.what, _AGAIN)) from refusal


def _check_links(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            links = [one.filename for one in archive.infolist() if stat.S_ISLNK(one.external_attr >> 16)]
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise UserError(Fault("архив", "файл повреждён.", _AGAIN)) from error
    if links:
        told = "это ссылка, а не файл."
        raise UserError([Fault(one, told, "Положите в архив сами файлы.") for one in links])


def _path(one: Member) -> PurePosixPath:
    return PurePosixPath(one.name.replace("\\", "/"))


def _root(paths: Sequence[PurePosixPath]) -> PurePosixPath:
    """The folder of the description that lies highest."""
    found = sorted((len(path.parts), path) for path in paths if path.name == DESCRIPTOR)
    if not found:
        cure = "Упакуйте папку пакета вместе с ним."
        raise UserError(Fault("архив", f"в нём нет файла {DESCRIPTOR}: это не пакет данных.", cure))
    if len(found) > 1 and found[0][0] == found[1][0]:
        what = f"пакетов несколько: {found[0][1].parent} и {found[1][1].parent}."
        raise UserError(Fault("архив", what, "Загружайте по одному."))
    return found[0][1].parent


def _is_taken(path: PurePosixPath, root: PurePosixPath) -> bool:
    """The description, tables beside it, originals. Records of pupils never: they are not kept here."""
    if not path.is_relative_to(root) or forbidden_character(str(path)) or max(map(len, path.parts)) > _LONGEST:
        return False
    own = path.relative_to(root)
    is_table = own.suffix.lower() == ".csv" and own.parts[0] not in ("records", "collection")
    return str(own) == DESCRIPTOR or is_table or (own.parts[0] == "originals" and len(own.parts) > 1)


def _write(data: bytes, one: Member, path: Path) -> None:
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.write_bytes(inflated(data, one))
    except Refusal as refusal:
        raise UserError(Fault(one.name, refusal.what, _AGAIN)) from refusal
    except OSError as error:
        raise UserError(Fault(one.name, "файл с таким именем записать нельзя.", _AGAIN)) from error
