"""The advice on each rule: what its finding means, why it matters and what to do. The words stand in advice.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from orientir.audit.finding import Severity
from orientir.errors import Fault, UserError

_NBSP = "\u00a0"


@dataclass(frozen=True, slots=True)
class Advice:
    """What is said of one rule, in Russian. `severity` is the usual one; a rule may choose another for a case."""

    code: str
    title: str
    severity: Severity
    meaning: str
    reason: str
    action: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """The rules of one kind, in the order in which they are told."""

    title: str
    advices: tuple[Advice, ...]


@cache
def chapters() -> tuple[Chapter, ...]:
    """All advice in its order. Raises KeyError or TypeError where advice.yaml lacks something or has too much."""
    import yaml

    text = (files("orientir.audit") / "advice.yaml").read_text(encoding="utf-8")
    return tuple(
        Chapter(told["title"], tuple(_advice(code, fields) for code, fields in told["rules"].items()))
        for told in yaml.load(text, yaml.CSafeLoader)
    )


def _advice(code: str, fields: Mapping[str, str]) -> Advice:
    texts = {name: _bound(text) for name, text in fields.items() if name != "severity"}
    return Advice(code=code, severity=Severity(fields["severity"]), **texts)


def _bound(text: str) -> str:
    """Short words are not left at the end of a line before what they belong to; the file need not hold such spaces."""
    for found in ("№ ", "п. п.", "уч. г."):
        text = text.replace(found, found.replace(" ", _NBSP))
    return text.replace(" %", f"{_NBSP}%").replace(" — ", f"{_NBSP}— ").strip()


@cache
def by_code() -> Mapping[str, Advice]:
    return {one.code: one for chapter in chapters() for one in chapter.advices}


def advice_on(code: str) -> Advice:
    """Raises UserError where there is no such rule; the nearest names are told."""
    from difflib import get_close_matches

    if code not in by_code():
        near = ", ".join(get_close_matches(code, by_code(), 3)) or ", ".join(list(by_code())[:3])
        raise UserError(Fault("--advice", f"правила «{code}» нет.", f"Возможно, имелось в виду: {near}."))
    return by_code()[code]


def title_of(code: str) -> str:
    """The short title; the code itself for a rule on which there is no advice."""
    return by_code()[code].title if code in by_code() else code
