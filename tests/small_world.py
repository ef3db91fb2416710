"""The smallest programme and package that make a whole report: one share, three years, one district with two schools.

Tests write them into a folder, spoil one thing and look at what is said.
"""

from __future__ import annotations

import json
from pathlib import Path

PROGRAMME = {
    "programme.yaml": """\
id: small
title: Малая программа
subject: пример
version: "1"
period: school_year
years: 3
reporting_kinds: [school]
components: {goals: Цели, monitoring: Мониторинг}
dimensions:
  grade:
    title: Класс
    members: {"9": 9 класс, "11": 11 класс}
organisation_kinds: {district: Округ, school: Школа}
audiences: {heads: Руководители}
roles: {head: директор школы}
sources: {form: {title: Форма, short: форма}}
methods: {count: {title: Подсчёт, text: Считают людей.}}
initiatives: {}
goals:
  choice:
    title: Выбор профессии
    indicators: [admitted]
    targets: [{indicator: admitted, value: 0.5}]
analyses: {}
""",
    "elements.yaml": """\
elements:
  graduates:
    title: Выпускники
    unit: person
    population: {kind: graduates, grades: [9, 11], counted_on: "10-01"}
    dimensions: [grade]
    sources: [form]
  admitted:
    title: Поступившие
    unit: person
    dimensions: [grade]
    sources: [form]
""",
    "recommendations.yaml": """\
recommendations:
  explain:
    when: {finding: target_missed, indicators: [admitted]}
    audience: heads
    owner: head
    due: {months: 3}
    text: Выясните, почему выпускники не поступили.
""",
    "report.yaml": """\
title: Отчёт
sections:
  - {section: goals, component: goals, title: Цели}
  - {section: monitoring, component: monitoring, title: Мониторинг}
  - {section: issues, component: monitoring, title: Замечания}
  - {section: places, component: monitoring, title: Организации}
  - {section: findings, component: monitoring, title: Выводы}
  - {section: recommendations, component: monitoring, title: Рекомендации}
  - {section: numbers, component: monitoring, title: Происхождение чисел}
""",
    "indicators/admitted.yaml": """\
title: Доля поступивших
short: Поступление
kind: additional
numerator: admitted
denominator: graduates
breakdowns: [grade]
sources: [form]
""",
}

TABLES = {
    "organisations": """\
id,title,kind,parent,title_genitive,title_prepositional,valid_from,valid_to
district,Округ,district,,,,,
school_a,Школа А,school,district,,,,
school_b,Школа Б,school,district,,,,
""",
    "sources": """\
id,title,document,place,rank,programme_source,note
forms,Формы школ,Формы,,1,form,
""",
    "facts": """\
element,organisation,period,grade,value,status,source,note
graduates,school_a,2020/21,9,20,,forms,
graduates,school_b,2020/21,9,30,,forms,
admitted,school_a,2020/21,9,12,,forms,
admitted,school_b,2020/21,9,21,,forms,
graduates,school_a,2021/22,9,22,,forms,
graduates,school_b,2021/22,9,33,,forms,
admitted,school_a,2021/22,9,14,,forms,
admitted,school_b,2021/22,9,24,,forms,
""",
}


def write_programme(folder: Path) -> Path:
    for name, text in PROGRAMME.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def write_package(folder: Path, **tables: str) -> Path:
    """The package, with these tables in place of its own or beside them."""
    folder.mkdir(parents=True, exist_ok=True)
    told = {**TABLES, **tables}
    for name, text in told.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8", newline="")
    resources = [{"name": name, "path": f"{name}.csv"} for name in told]
    describe(folder, {"name": "small", "orientir": {"territory": "district"}, "resources": resources})
    return folder


def describe(folder: Path, content: object) -> None:
    (folder / "datapackage.json").write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")


def spoil(path: Path, old: str, new: str) -> None:
    """Replace the one place where the text stands."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path.name}"
    path.write_text(text.replace(old, new), encoding="utf-8", newline="")
