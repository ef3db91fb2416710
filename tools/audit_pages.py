"""The pages of docs/audit about the rules, made from the advice that the program itself gives.

`python tools/audit_pages.py` writes the pages, `--check` says which of them differ and ends with 1.
"""

from __future__ import annotations

import sys

from made_pages import ROOT, told

sys.path.insert(0, str(ROOT / "src"))

from orientir.audit.advice import Advice, chapters
from orientir.audit.finding import Severity

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


if __name__ == "__main__":
    sys.exit(told(PAGES, pages(), sys.argv[1:], by_hand=(README,)))
