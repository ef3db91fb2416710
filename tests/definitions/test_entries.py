"""Entries of a programme: keys and values that are none, and parts that do not fit each other."""

from __future__ import annotations

import pytest

from small_world import spoil

MORE = """
  extra:
    title: Ещё
    unit: person
"""


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("indicators/admitted.yaml", "denominator:", "denominatr:",
         "5: denominatr: такого ключа нет, программа его не использует. Возможно, имелось в виду «denominator»."),
        ("indicators/admitted.yaml", "short: Поступление\n", "", "1: short: нет обязательного ключа. Добавьте его."),
        ("indicators/admitted.yaml", "kind: additional", "kind: aditional",
         "3: kind: недопустимое значение «aditional». Возможно, имелось в виду «additional»."),
        ("indicators/admitted.yaml", "short: Поступление", "short: 2022",
         "2: short: нужна строка, а записано «2022». Возьмите значение в кавычки."),
        ("indicators/admitted.yaml", "short: Поступление", "short: Поступление\nid: admitted",
         "3: id: код записи — её ключ, а у показателя — имя файла. Удалите id."),
        ("indicators/admitted.yaml", "sources: [form]", "sources: form",
         "7: sources: нужен список, а записано «form». Запишите его как [первое, второе]."),
        ("indicators/admitted.yaml", "sources: [form]", "decimals: много",
         "7: decimals: нужно целое число, а записано «много». Запишите его цифрами, без кавычек."),
        ("indicators/admitted.yaml", "sources: [form]", "part_of_whole: возможно",
         "7: part_of_whole: нужно true или false, а записано «возможно». Исправьте запись."),
        ("indicators/admitted.yaml", "numerator: admitted", "numerator: {element: admitted, wieght: -1}",
         "4: numerator.wieght: такого ключа нет, программа его не использует. Возможно, имелось в виду «weight»."),
        ("indicators/admitted.yaml", "numerator: admitted", "numerator: {element: admitted, where: {grade: {from: 9}}}",
         "4: numerator.where: grade: промежуток пишется как {from: 6, to: 11}. Исправьте условие."),
        ("programme.yaml", "value: 0.5}", "value: половина}",
         "23: goals.choice.targets.0.value: нужно число, а записано «половина»."),
        ("programme.yaml", "years: 3", "years: три", "6: years: нужно целое число, а записано «три»."),
        ("programme.yaml", "period: school_year", "period: school",
         "5: period: недопустимое значение «school». Возможно, имелось в виду «school_year»."),
        ("programme.yaml", 'version: "1"\n', "", "1: version: нет обязательного ключа. Добавьте его."),
        ("programme.yaml", "analyses: {}", "analises: {}",
         "24: analises: такого раздела нет. Возможно, имелось в виду «analyses»."),
        ("programme.yaml", '{"9": 9 класс, "11": 11 класс}', '{"9": 9 класс, "11": }',
         "12: dimensions.grade.members.11: нужны записи вида «ключ: значение», а записано пустое значение."),
        ("programme.yaml", "roles: {head: директор школы}", "roles: [директор школы]",
         "15: roles: нужны записи вида «код: …». Исправьте запись."),
        ("recommendations.yaml", "finding: target_missed", "finding: target_mised",
         "3: recommendations.explain.when.finding: недопустимое значение «target_mised». Возможно, имелось в виду "
         "«target_missed»."),
    ],
)  # fmt: skip
def test_key_or_value_that_is_none(small, told, file, old, new, said):
    spoil(small / file, old, new)
    assert [line[: len(file) + 1 + len(said)] for line in told(small)] == [f"{file}:{said}"]


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("indicators/admitted.yaml", "numerator: admitted", "numerator: admited",
         ["indicators/admitted.yaml:4: numerator: учитываемой величины «admited» нет. Возможно, имелось в виду "
          "«admitted».",
          "elements.yaml:8: elements.admitted: величину не использует ни один показатель и ни одна проверка."]),
        ("indicators/admitted.yaml", "denominator: graduates", "denominator: admitted",
         ["indicators/admitted.yaml:5: denominator: «admitted» — не совокупность. Укажите у величины population.",
          "elements.yaml:2: elements.graduates: величину не использует ни один показатель и ни одна проверка."]),
        ("indicators/admitted.yaml", "sources: [form]", "sources: [from]",
         ["indicators/admitted.yaml:7: sources: источника «from» нет. Возможно, имелось в виду «form»."]),
        ("indicators/admitted.yaml", "numerator: admitted",
         "numerator: {element: admitted, where: {stage: first}}",
         ["indicators/admitted.yaml:4: numerator: у величины «admitted» нет разреза «stage». Добавьте его"]),
        ("indicators/admitted.yaml", "numerator: admitted", 'numerator: {element: admitted, where: {grade: "10"}}',
         ["indicators/admitted.yaml:4: numerator: в разрезе «grade» значения «10» нет."]),
        ("indicators/admitted.yaml", "numerator: admitted", "numerator: {element: admitted, weight: 0}",
         ["indicators/admitted.yaml:4: numerator: вес величины «admitted» — 0. Обычно он 1 или -1."]),
        ("indicators/admitted.yaml", "kind: additional", "kind: declared",
         ["indicators/admitted.yaml:3: kind: у объявленного показателя нет номера. Укажите number."]),
        ("indicators/admitted.yaml", "kind: additional", "kind: as_measured",
         ["indicators/admitted.yaml:3: kind: показатель «как измерено» не привязан к объявленному. Укажите declared"]),
        ("indicators/admitted.yaml", "sources: [form]",
         "not_calculable: [{periods: [2020/21, \"2021\"], reason: нет}]\nbreaks: [{since: 2021-2022, reason: да}]",
         ["indicators/admitted.yaml:7: not_calculable.0.periods: «2021» — не учебный год; пишется, например, 2021/22.",
          "indicators/admitted.yaml:8: breaks.0.since: период «2021-2022» записан не так, как в отчёте. Запишите "
          "«2021/22»."]),
        ("indicators/admitted.yaml", "sources: [form]", "attention: {basis: закон}",
         ["indicators/admitted.yaml:7: attention: граница не названа. Укажите below или above."]),
        ("indicators/admitted.yaml", "sources: [form]", "attention: {basis: закон, below: 57}",
         ["indicators/admitted.yaml:7: attention: граница доли — не доля. Доля пишется от 0 до 1: 57 % — это 0.57."]),
        ("indicators/admitted.yaml", "sources: [form]", "decimals: 40",
         ["indicators/admitted.yaml:7: decimals: 40 — вне пределов. Допустимо от 0 до 6."]),
        ("indicators/admitted.yaml", "sources: [form]", "cut_date: 31.05",
         ["indicators/admitted.yaml:7: cut_date: нужна строка, а записано «31.05»."]),
        ("indicators/admitted.yaml", "sources: [form]", "cut_date: 31 мая",
         ["indicators/admitted.yaml:7: cut_date: «31 мая» — не день года. Запишите месяц и день, например 05-31."]),
        ("programme.yaml", "value: 0.5", "value: 50",
         ["programme.yaml:23: goals.choice.targets.0.value: целевое значение 50 — не доля. Доля пишется от 0 до 1."]),
        ("programme.yaml", "targets: [{indicator: admitted", "targets: [{indicator: graduated",
         ["programme.yaml:23: goals.choice.targets: среди показателей цели «graduated» нет."]),
        ("programme.yaml", "reporting_kinds: [school]", "reporting_kinds: [scool]",
         ["programme.yaml:7: reporting_kinds: вида организаций «scool» нет. Возможно, имелось в виду «school»."]),
        ("programme.yaml", "years: 3", "years: 0",
         ["programme.yaml:6: years: 0 — вне пределов. Допустимо от 1 до 20."]),
        ("programme.yaml", "analyses: {}", "analyses: {schools: Работа школ}",
         ["programme.yaml:24: analyses.schools: анализ ни на чём не основан. Назовите показатели или объясните"]),
        ("programme.yaml", "initiatives: {}",
         "initiatives:\n  a: {title: А, valid_from: 2020-01-01, successor: b}\n"
         "  b: {title: Б, valid_from: 2021-01-01, successor: a}\n",
         ["programme.yaml:19: initiatives.a.successor: круг преемственности. Уберите одну из ссылок.",
          "programme.yaml:20: initiatives.b.successor: круг преемственности. Уберите одну из ссылок."]),
        ("recommendations.yaml", "owner: head", "owner: heed",
         ["recommendations.yaml:5: recommendations.explain.owner: роли «heed» нет. Возможно, имелось в виду «head»."]),
        ("recommendations.yaml", "months: 3", "months: 9999",
         ["recommendations.yaml:6: recommendations.explain.due.months: 9999 — вне пределов. Допустимо от 0 до 120."]),
        ("report.yaml", "section: goals", "section: gaols",
         ["report.yaml:3: sections.0.section: раздела отчёта «gaols» нет. Возможно, имелось в виду «goals»."]),
        ("report.yaml", "section: goals", "section: issues",
         ["report.yaml:5: sections.2.section: раздел «issues» уже есть в отчёте. Оставьте один."]),
        ("report.yaml", "component: goals", "component: aims",
         ["report.yaml:3: sections.0.component: составляющей «aims» нет. Опишите «aims» или уберите ссылку."]),
    ],
)  # fmt: skip
def test_parts_that_do_not_fit(small, told, file, old, new, said):
    spoil(small / file, old, new)
    assert sorted(map(str.strip, said)) == sorted(
        line[: len(one)] for line in told(small) for one in said if line.startswith(one)
    )
    assert len(told(small)) == len(said)


def test_element_that_nobody_uses(small, told):
    with (small / "elements.yaml").open("a", encoding="utf-8") as file:
        file.write(MORE.removeprefix("\n"))
    said = "величину не использует ни один показатель и ни одна проверка. Удалите её или назовите в показателе."
    assert told(small) == [f"elements.yaml:13: elements.extra: {said}"]


def test_element_defined_through_itself(small, told):
    spoil(small / "elements.yaml", "sources: [form]\n  admitted:", "formula: admitted\n  admitted:")
    spoil(small / "elements.yaml", "dimensions: [grade]\n    sources: [form]", "formula: graduates")
    said = "круг определений: {}. Уберите круг: величина не может определяться через себя."
    assert told(small) == [
        f"elements.yaml:7: elements.graduates.formula: {said.format('graduates → admitted → graduates')}",
        f"elements.yaml:11: elements.admitted.formula: {said.format('admitted → graduates → admitted')}",
    ]


def test_formula_that_doubles_at_every_step(small, told):
    entries = [f"  e{n}: {{title: Э, unit: person, formula: [e{n - 1}, e{n - 1}]}}\n" for n in range(1, 30)]
    with (small / "elements.yaml").open("a", encoding="utf-8") as file:
        file.writelines(["  e0: {title: Э, unit: person}\n", *entries])
    assert any(
        line.endswith("e29.formula: в формуле больше 200 слагаемых. Запишите её короче.") for line in told(small)
    )


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("{register: opendays}", "реестра «opendays» нет. Возможно, имелось в виду «open_days»."),
        ("{register: open_days, sum: visitors}", "столбец «visitors» не складывается. Допустимы: visits, persons."),
    ],
)
def test_count_from_a_register_that_is_none(small, told, rule, said):
    spoil(small / "elements.yaml", "title: Поступившие\n", f"title: Поступившие\n    counted_from: {rule}\n")
    assert told(small) == [f"elements.yaml:10: elements.admitted.counted_from: {said}"]
