"""What to do before a paper is signed: blanks to fill, requisites to verify, acts that could not be cited."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from orientir.presentation import day
from orientir.reports.papers.acts import act_told, cited, expired, unverified
from orientir.reports.papers.setting import Setting


def reminders(setting: Setting, names: Sequence[str]) -> str:
    """A plain text; `names` are the files that were made."""
    return "\n".join(_lines(setting, names)) + "\n"


def _lines(setting: Setting, names: Sequence[str]) -> Iterator[str]:
    acts, on = setting.cycle.programme.acts, setting.cycle.as_of
    yield "Перед подписанием"
    yield ""
    yield f"Документы: {', '.join(names)}."
    yield from (f"- {mark}." for mark in setting.marks(told=True))
    yield "- Заполните места, отмеченные «____»: дату, номер, место издания, фамилии, сроки. Программа их не знает."
    if not setting.authority:
        yield "- Впишите название органа управления: в данных его нет или их несколько."
    if setting.deadline is None:
        yield "- Впишите срок сдачи сведений: он не задан или уже прошёл на дату документов (--deadline)."
    if not setting.organisations:
        yield "- Впишите организации: в данных нет ни одной, которая отчитывается сама."
    yield "- Сверьте должности ответственных с вашим штатным расписанием."
    yield from _acts("Названы основаниями; в программе к ним есть примечание, проверьте реквизиты:",
                     [f"{act_told(act)} — {act.note}" for act in cited(acts, on) if act.note])  # fmt: skip
    yield from _acts("Действуют, но не названы, потому что требуют сверки; после сверки впишите сами:",
                     [f"{act_told(act)} — {act.note}" for act in unverified(acts, on)])  # fmt: skip
    yield from _acts(f"Не названы, потому что на {day(on)} не действуют:",
                     [act_told(act) for act in expired(acts, on)])  # fmt: skip


def _acts(lead: str, told: Sequence[str]) -> Iterator[str]:
    if told:
        yield ""
        yield lead
        yield from (f"- {one}" for one in told)
