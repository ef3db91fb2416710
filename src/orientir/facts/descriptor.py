"""datapackage.json -> what it says of the package: its name, its territory, its files."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from orientir.characters import forbidden_character
from orientir.errors import Fault, PackageError

DESCRIPTOR = "datapackage.json"
_HASHES = ("sha256", "sha512", "sha1", "md5")


@dataclass(frozen=True)
class Descriptor:
    """The description as read. `paths` are the files by the name of their table, `hashes` their declared checksums."""

    data: bytes
    name: str
    title: str
    territory: str
    programme: str
    synthetic: bool
    prepared_by: str
    paths: Mapping[str, str]
    hashes: Mapping[str, str]


def read_descriptor(folder: Path, shown: str, faults: list[Fault]) -> Descriptor:
    """Adds to the faults what is wrong in it; raises PackageError where it describes no package at all."""
    data = _bytes(folder / DESCRIPTOR)
    content = _parsed(data, f"{shown}/{DESCRIPTOR}")
    told = _Told(content, f"{shown}/{DESCRIPTOR}", faults)
    paths, hashes = told.resources()
    return Descriptor(
        data=data,
        name=told.text("name") or shown,
        title=told.text("title"),
        territory=told.text("orientir", "territory"),
        programme=told.text("orientir", "programme"),
        synthetic=told.flag("orientir", "synthetic"),
        prepared_by=told.text("orientir", "prepared_by"),
        paths=paths,
        hashes=hashes,
    )


def matches(data: bytes, declared: str) -> bool:
    """Is this the checksum of the file? «sha256:…», or MD5 where no algorithm is named, as Frictionless has it."""
    algorithm, _, digest = declared.rpartition(":")
    return hashlib.new(algorithm or "md5", data, usedforsecurity=False).hexdigest() == digest.lower()


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        cure = "Укажите папку, в которой лежит datapackage.json."
        raise PackageError(Fault(str(path), "файла нет: это не пакет данных.", cure)) from error
    except OSError as error:
        raise PackageError(Fault(str(path), "файл не читается.", "Проверьте права на него.")) from error


def _parsed(data: bytes, shown: str) -> dict[str, Any]:
    cure = "Восстановите файл или запишите его заново."
    try:
        content = json.loads(data)
    except json.JSONDecodeError as error:
        place = f"{shown}:{error.lineno}"
        raise PackageError(Fault(place, f"запись JSON нарушена в позиции {error.colno}.", cure)) from error
    except (ValueError, RecursionError) as error:
        raise PackageError(Fault(shown, "файл не разобран как JSON.", cure)) from error
    if not isinstance(content, dict):
        raise PackageError(Fault(shown, "нет записей вида «ключ: значение»: это не описание пакета.", cure))
    return content


class _Told:
    """The content of the description, and the faults found in it."""

    def __init__(self, content: dict[str, Any], shown: str, faults: list[Fault]) -> None:
        self.content = content
        self.shown = shown
        self.faults = faults
        if not isinstance(content.get("orientir"), dict):
            self.fault("orientir", "нет раздела о пакете.", "Добавьте раздел с ключом territory.")
            content["orientir"] = {}

    def fault(self, key: str, what: str, cure: str) -> None:
        self.faults.append(Fault(f"{self.shown}: {key}", what, cure))

    def text(self, *route: str) -> str:
        value = self._at(route, "")
        if not isinstance(value, str):
            self.fault(".".join(route), "нужна строка.", "Возьмите значение в кавычки.")
            return ""
        if character := forbidden_character(value):
            self.fault(".".join(route), f"недопустимый знак {character}.", "Удалите его.")
            return ""
        return value

    def flag(self, *route: str) -> bool:
        value = self._at(route, False)
        if not isinstance(value, bool):
            self.fault(".".join(route), "нужно true или false, без кавычек.", "Исправьте запись.")
        return value is True

    def _at(self, route: tuple[str, ...], default: object) -> Any:
        value: Any = self.content
        for key in route:
            value = value.get(key, default)
        return value

    def resources(self) -> tuple[dict[str, str], dict[str, str]]:
        paths: dict[str, str] = {}
        hashes: dict[str, str] = {}
        listed = self.content.get("resources")
        if not isinstance(listed, list):
            self.fault("resources", "нет списка файлов пакета.", "Перечислите файлы.")
            return paths, hashes
        for number, entry in enumerate(listed):
            self._resource(f"resources[{number}]", entry, paths, hashes)
        return paths, hashes

    def _resource(self, key: str, entry: Any, paths: dict[str, str], hashes: dict[str, str]) -> None:
        name, path = (entry.get("name"), entry.get("path")) if isinstance(entry, dict) else (None, None)
        if not isinstance(name, str) or not isinstance(path, str):
            self.fault(key, "нужны имя (name) и путь к одному файлу (path).", "Дополните запись.")
        elif name in paths:
            self.fault(f"{key}.name", f"«{name}» описан дважды.", "Оставьте одну запись.")
        elif not _is_inside(path):
            self.fault(f"{key}.path", f"путь «{path}» выходит из папки пакета.", "Укажите файл внутри папки.")
            paths[name] = ""
        else:
            paths[name] = path
            self._hash(f"{key}.hash", name, entry.get("hash"), hashes)

    def _hash(self, key: str, name: str, declared: object, hashes: dict[str, str]) -> None:
        if not declared:
            return
        if isinstance(declared, str) and (":" not in declared or declared.partition(":")[0] in _HASHES):
            hashes[name] = declared
        else:
            self.fault(key, "контрольная сумма записана непонятно.", "Запишите её как sha256:….")


def _is_inside(path: str) -> bool:
    pure = PurePosixPath(path)
    return bool(path) and not pure.is_absolute() and ".." not in pure.parts and not set("\\:\0") & set(path)
