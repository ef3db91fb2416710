"""YAML with the line of every key, so that a mistake can be shown where it stands."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from orientir.errors import Fault

Route = tuple[str | int, ...]


class Lines:
    """A file as read: its data and the line of each key and item by their route from the top."""

    def __init__(self, path: Path, shown: str) -> None:
        self.shown = shown
        self.faults: list[Fault] = []
        self.data: Any = {}
        self._lines: dict[Route, int] = {}
        try:
            node = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
        except UnicodeDecodeError:
            self.faults.append(Fault(shown, "файл не в кодировке UTF-8.", "Сохраните его как UTF-8."))
        except yaml.YAMLError as error:
            self.faults.append(_syntax_fault(shown, error))
        else:
            self.data = {} if node is None else self._read(node, ())

    def place(self, route: Route) -> str:
        """«file:line: key» of the nearest known key on the route."""
        for end in range(len(route), -1, -1):
            if route[:end] in self._lines:
                break
        key = ".".join(str(step) for step in route)
        return f"{self.shown}:{self._lines.get(route[:end], 1)}" + (f": {key}" if key else "")

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
            key = str(key_node.value)
            step = (*route, key)
            self._lines[step] = key_node.start_mark.line + 1
            if key in data:
                self.faults.append(Fault(self.place(step), "ключ записан дважды.", "Оставьте одну запись."))
            data[key] = self._read(value_node, step)
        return data

    def _scalar(self, node: yaml.Node, route: Route) -> Any:
        try:
            return yaml.SafeLoader("").construct_object(node)
        except (yaml.YAMLError, ValueError) as error:
            self.faults.append(Fault(self.place(route), f"значение не читается: {error}."))
            return None


def _syntax_fault(shown: str, error: yaml.YAMLError) -> Fault:
    mark = getattr(error, "problem_mark", None)
    line = mark.line + 1 if mark else 1
    problem = getattr(error, "problem", None) or "запись не разобрана"
    return Fault(f"{shown}:{line}", f"ошибка записи YAML: {problem}.", "Проверьте отступы, двоеточия и кавычки.")
