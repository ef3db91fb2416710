"""The board as a file: a line for each form, as it is shown and with the filter it is shown by."""

from __future__ import annotations

from io import BytesIO

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from orientir.collecting.workbooks import Table, write_workbook
from orientir_web.campaigns.board import Board, Box
from orientir_web.campaigns.models import Campaign
from orientir_web.tables import csv_for_spreadsheets


def _columns() -> tuple[tuple[str, int], ...]:
    return (
        (_("Организация"), 36), (_("Код"), 14), (_("Форма"), 36), (_("Состояние"), 14), (_("Заполнено, %"), 12),
        (_("Ячеек"), 10), (_("Заполнено ячеек"), 12), (_("Ошибок"), 10), (_("Срок"), 40), (_("Просрочена"), 12),
        (_("Последнее изменение"), 20),
    )  # fmt: skip


def _row(box: Box, campaign: Campaign) -> tuple[str | int, ...]:
    one = box.submission
    changed = date_format(box.changed_at.astimezone(campaign.zone), "SHORT_DATETIME_FORMAT") if box.changed_at else ""
    return (one.organisation.title, one.organisation.code, box.form, str(one.get_state_display()), one.filled_percent,
            one.asked, one.filled, one.errors, box.deadline, _("да") if box.is_late else "", changed)  # fmt: skip


def csv_of(campaign: Campaign, board: Board) -> bytes:
    return csv_for_spreadsheets([head for head, _width in _columns()], (_row(box, campaign) for box in board.boxes))


def xlsx_of(campaign: Campaign, board: Board, shown: str) -> bytes:
    """`shown` names the filter."""
    now = date_format(timezone.now().astimezone(campaign.zone), "SHORT_DATETIME_FORMAT")
    moment = _("Состояние на %(now)s (%(zone)s)") % {"now": now, "zone": campaign.time_zone}
    about = f"{moment}. {shown}" if shown else moment
    table = Table(_("Сдача"), campaign.title, about, _columns(), [_row(box, campaign) for box in board.boxes])
    out = BytesIO()
    write_workbook(out, table, campaign.district.synthetic)
    return out.getvalue()
