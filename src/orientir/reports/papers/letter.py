"""The letter that goes to the schools with their forms."""

from __future__ import annotations

from dataclasses import dataclass

from orientir.definitions.burden import burden_of, uses_of
from orientir.model.forms import Form
from orientir.model.rules import FindingRule
from orientir.presentation import rounded
from orientir.reports.papers.model import Paper
from orientir.reports.papers.setting import Setting
from orientir.reports.papers.signals import shorts, signals_of
from orientir.reports.words import capital, lowered


@dataclass(frozen=True)
class _ToldForm:
    """A form with what it costs a school that has none of its cells filled beforehand."""

    form: Form
    asks: str
    cells: int
    minutes: int


def letter(setting: Setting) -> Paper:
    return Paper(
        id="letter",
        kind="",
        title=setting.title("paper_letter_title"),
        authority=setting.authority,
        marks=setting.marks(told=False),
        blocks=setting.blocks(
            "paper_letter", told_forms=[_told(setting, form) for form in setting.forms], asked=_asked(setting)
        ),
        addressee=("Руководителям образовательных организаций", capital(setting.territory_of)),
    )


def _told(setting: Setting, form: Form) -> _ToldForm:
    programme = setting.cycle.programme
    burden = burden_of(form, programme)
    asks = lowered(programme.title_of("roles", form.asks))
    return _ToldForm(form, asks, burden.cells, int(rounded(burden.minutes, 0)) or 1)


def _asked(setting: Setting) -> str:
    """What is not measured so far and the forms ask for; a figure does not help where a definition is lacking."""
    undefined = {one.indicator for one in setting.context.findings(FindingRule.NOT_DEFINED)}
    uses = {name for form in setting.forms for names in uses_of(form, setting.cycle.programme).values()
            for name in names}  # fmt: skip
    return shorts(one for one in signals_of(setting.context).absent if one.short in uses and one.id not in undefined)
