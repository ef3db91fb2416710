"""The wording of a programme's narrative: Jinja templates, parsed at loading so that a slip is told with its line."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, TemplateSyntaxError

from orientir.definitions.entries import nearest
from orientir.errors import Fault


def read_texts(path: Path, known: frozenset[str] | None, faults: list[Fault]) -> dict[str, str]:
    """The templates of `texts/` by name without the ending; `known` are those that the report asks for."""
    texts: dict[str, str] = {}
    for file in sorted((path / "texts").glob("*")):
        if file.suffix != ".j2" or (known is not None and file.stem not in known):
            cure = nearest(file.name, [f"{name}.j2" for name in known or ()]) or "Удалите или переименуйте его."
            faults.append(Fault(str(file), "такого текста в отчёте нет.", cure))
        else:
            texts[file.stem] = _template(file, faults)
    return texts


def _template(file: Path, faults: list[Fault]) -> str:
    try:
        text = file.read_text(encoding="utf-8")
        Environment(autoescape=False).parse(text)
    except UnicodeDecodeError:
        faults.append(Fault(str(file), "файл не в кодировке UTF-8.", "Сохраните его как UTF-8."))
    except TemplateSyntaxError as error:
        place = f"{file}:{error.lineno}"
        faults.append(Fault(place, f"ошибка шаблона: {error.message}.", "Проверьте скобки {{ }} и {% %}."))
    else:
        return text
    return ""
