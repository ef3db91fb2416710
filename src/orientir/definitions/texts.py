"""The wording of a programme's narrative: Jinja templates, parsed at loading so that a slip is told with its line."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, TemplateSyntaxError

from orientir.errors import Fault


def read_texts(path: Path, faults: list[Fault]) -> dict[str, str]:
    """The templates of `texts/` by name without the ending; faults are added to the list."""
    texts: dict[str, str] = {}
    for file in sorted((path / "texts").glob("*.j2")):
        text = file.read_text(encoding="utf-8")
        try:
            Environment(autoescape=False).parse(text)
        except TemplateSyntaxError as error:
            faults.append(
                Fault(f"{file}:{error.lineno}", f"ошибка шаблона: {error.message}.", "Проверьте скобки {{ }}.")
            )
        texts[file.stem] = text
    return texts
