"""The pages of docs/audit about the rules, made from the advice that the program itself gives.

`python tools/audit_pages.py` writes the pages, `--check` says which of them differ and ends with 1.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "src"))

from orientir.audit.advice import Advice, chapters  # noqa: E402
from orientir.audit.finding import Severity  # noqa: E402

PAGES = ROOT / "docs" / "audit"
README = "README.md"  # written by hand
INDEX = "rules.md"
NOTICE = (
    "<!-- Составлено из src/orientir/audit/advice.yaml командой python tools/audit_pages.py; "
    "правьте не страницу, а файл. -->\n"
)
SEVERITY = {
    Severity.ERROR: "ошибка: иначе числа сложиться не могут",
    Severity.WARNING: "противоречие или пробел",
    Severity.INFO: "на заметку",
}


def pages() -> dict[str, str]:
    """The text of every page by its file name."""
    made = {f"{one.code}.md": page(one) for chapter in chapters() for one in chapter.advices}
    return {INDEX: index(), **made}


def index() -> str:
    parts = [NOTICE, "# Правила проверки\n"]
    for chapter in chapters():
        links = "\n".join(f"- [{one.title}]({one.code}.md) (`{one.code}`)" for one in chapter.advices)
        parts.append(f"## {chapter.title}\n\n{links}\n")
    parts.append("[Как проверить отчёт](README.md)\n")
    return "\n".join(parts)


def page(advice: Advice) -> str:
    return "\n".join(
        (
            NOTICE,
            f"# {advice.title}\n",
            f"Правило `{advice.code}`. Обычная степень: {SEVERITY[advice.severity]}.\n",
            f"## Что это значит\n\n{advice.meaning}\n",
            f"## Почему это важно\n\n{advice.reason}\n",
            f"## Что делать\n\n{advice.action}\n",
            f"[Все правила]({INDEX})\n",
        )
    )


def differing(made: dict[str, str]) -> list[str]:
    """The pages that are missing, changed or no longer made."""
    kept = {path.name: path.read_text(encoding="utf-8") for path in PAGES.glob("*.md") if path.name != README}
    return sorted(name for name in made.keys() | kept.keys() if made.get(name) != kept.get(name))


def write(made: dict[str, str]) -> None:
    PAGES.mkdir(parents=True, exist_ok=True)
    for name in differing(made):
        if name in made:
            (PAGES / name).write_text(made[name], encoding="utf-8")
        else:
            (PAGES / name).unlink()


def main(arguments: list[str]) -> int:
    made = pages()
    if arguments == ["--check"]:
        stale = differing(made)
        for name in stale:
            print(f"docs/audit/{name} differs; run: python tools/audit_pages.py")
        return 1 if stale else 0
    write(made)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
