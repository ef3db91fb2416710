"""YAML with the line of every key, so that a mistake can be shown where it stands."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import yaml

from orientir.characters import forbidden_character
from orientir.errors import Fault

Route = tuple[str | int, ...]


# The parser in C, where PyYAML was built with it, is an order of magnitude faster.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DEPTH = 40


class Lines:
    """A file as read: its data and the line of each key and item by their route from the top.

    `is_sound` says whether all of it could be read; a file that could not has no data.
    """

    def __init__(self, path: Path, shown: str) -> None:
        self.shown = shown
        self.faults: list[Fault] = []
        self.data: dict[str, Any] = {}
        self.is_sound = False
        self._lines: dict[Route, int] = {}
        try:
            text = path.read_text(encoding="utf-8-sig")
            _check_shape(text)
            self._take(yaml.compose(text, Loader=_LOADER))
        except OSError:
            self.faults.append(Fault(shown, "файл не читается.", "Проверьте права на него."))
        except UnicodeDecodeError:
            self.faults.append(Fault(shown, "файл не в кодировке UTF-8.", "Сохраните его как UTF-8."))
        except yaml.YAMLError as error:
            self.faults.append(_syntax_fault(shown, error))

    def place(self, route: Route) -> str:
        """«file:line: key» of the nearest known key on the route."""
        for end in range(len(route), -1, -1):
            if route[:end] in self._lines:
                break
        key = ".".join(str(step) for step in route)
        return f"{self.shown}:{self._lines.get(route[:end], 1)}" + (f": {key}" if key else "")

    def _take(self, node: yaml.Node | None) -> None:
        if isinstance(node, yaml.MappingNode):
            self.data = self._mapping(node, ())
            self.is_sound = True
        else:
            what = "файл пуст." if node is None else "нет записей вида «ключ: значение»."
            self.faults.append(Fault(f"{self.shown}:1", what, "Опишите в нём то, для чего он предназначен."))

    def _read(self, node: yaml.Node, route: Route) -> Any:
        self._lines.setdefault(route, node.start_mark.line + 1)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, route)
        if isinstance(node, yaml.SequenceNode):
            return [self._read(item, (*route, index)) for index, item in enumerate(node.value)]
        return self._scalar(node, route)

    def _mapping(self, node: yaml.MappingNode, route: Route) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                self.faults.append(Fault(f"{self.shown}:{line}", "ключ — не слово.", "Запишите ключ одним словом."))
                continue
            key = str(key_node.value)
            if key in data:
                place = f"{self.shown}:{line}: {'.'.join(map(str, (*route, key)))}"
                first = self._lines[*route, key]
                self.faults.append(Fault(place, f"ключ уже записан в строке {first}.", "Оставьте одну запись."))
                continue
            self._lines[*route, key] = line
            data[key] = self._read(value_node, (*route, key))
        return data

    def _scalar(self, node: yaml.Node, route: Route) -> Any:
        try:
            value = yaml.SafeLoader("").construct_object(node)
        except (yaml.YAMLError, ValueError):
            self.faults.append(Fault(self.place(route), "значение не читается.", "Запишите его обычным текстом."))
            return None
        if isinstance(value, str) and (character := forbidden_character(value)):
            self.faults.append(Fault(self.place(route), f"недопустимый знак {character}.", "Удалите его."))
        return value


def _check_shape(text: str) -> None:
    """No anchors, since a few lines of them can unfold into what fits no memory, and no endless nesting."""
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise yaml.MarkedYAMLError(problem="anchor", problem_mark=cast(Any, event.start_mark))
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEPTH:
            raise yaml.MarkedYAMLError(problem="depth", problem_mark=cast(Any, event.start_mark))


# What the parser says -> what it means to a methodologist.
_PROBLEMS = {
    "anchor": ("метки и ссылки YAML (& и *) не допускаются", "Повторите запись целиком."),
    "depth": ("слишком много вложенных скобок или отступов", "Запишите проще."),
    "tab character": ("отступ сделан табуляцией", "Замените её пробелами."),
    "'\\t'": ("отступ сделан табуляцией", "Замените её пробелами."),
    "cannot start any token": ("значение начинается с особого знака", "Возьмите его в кавычки."),
    "mapping values are not allowed": ("лишнее двоеточие или сбит отступ", "Возьмите текст с двоеточием в кавычки."),
    "could not find expected ':'": ("после ключа нет двоеточия", "Поставьте его."),
    "expected <block end>": ("сбит отступ", "Выровняйте строку по соседним."),
    "expected key": ("сбит отступ", "Выровняйте строку по соседним."),
    "expected '-' indicator": ("сбит отступ", "Выровняйте строку по соседним."),
    "unexpected end of stream": ("не закрыта кавычка", "Закройте её."),
    "expected ',' or": ("не закрыта скобка", "Закройте её."),
    "another document": ("в файле два документа", "Уберите строку «---»."),
}


def _syntax_fault(shown: str, error: yaml.YAMLError) -> Fault:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or ""
    told = (meaning for said, meaning in _PROBLEMS.items() if said in problem)
    what, cure = next(told, ("запись не разобрана", "Проверьте отступы, двоеточия, кавычки и скобки."))
    return Fault(f"{shown}:{mark.line + 1 if mark else 1}", f"ошибка записи YAML: {what}.", cure)
