"""What becomes of a document that cannot be read: a fault that names the file, never a traceback."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from orientir.errors import Fault, UserError
from orientir.spreadsheets.refusals import Refusal

OPEN_AND_SAVE = "Откройте файл в той программе, в которой он сделан, сохраните заново и повторите проверку."
SAVE_AS_DOCX = "Откройте файл в Word или LibreOffice, сохраните как DOCX и проверьте полученный файл."
TAKE_OFF_PASSWORD = "Сохраните копию документа без пароля и проверьте её."
RECOGNISE = "Распознайте текст (OCR), сохраните его как DOCX и проверьте полученный файл."


@contextmanager
def told(name: str) -> Iterator[None]:
    """UserError in place of whatever a broken document provokes; `name` is the file as the user knows it.

    Parsers answer to damage with dozens of exceptions, of which no list is complete: so all of them are taken.
    """
    try:
        yield
    except UserError:
        raise
    except Refusal as refusal:
        place = f"{name}, {refusal.where}" if refusal.where else name
        raise UserError(Fault(place, refusal.what, _cure(refusal))) from None
    except (MemoryError, RecursionError) as error:
        raise UserError(Fault(name, "документ устроен слишком сложно или слишком велик.", SAVE_AS_DOCX)) from error
    except Exception as error:
        raise UserError(Fault(name, "файл повреждён: его части записаны с ошибками.", OPEN_AND_SAVE)) from error


def _cure(refusal: Refusal) -> str:
    """The advice of the guard is for whoever sends in forms; a report is checked by the one who has it."""
    if "парол" in refusal.what:
        return TAKE_OFF_PASSWORD
    if "не читается" in refusal.what:
        return "Проверьте права на файл и диск."
    if "папку" in refusal.cure:
        return "Укажите сам файл."
    if "пришлите" in refusal.cure.lower():
        return OPEN_AND_SAVE
    return refusal.cure
