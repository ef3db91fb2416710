"""A file that is not read: why, and what its sender can do. What becomes of the other files is not decided here."""

from __future__ import annotations


class Refusal(Exception):
    """One file is refused. `what` and `cure` are Russian sentences; `where` is a sheet, a cell, a line or ''."""

    def __init__(self, what: str, cure: str, where: str = "") -> None:
        self.what, self.cure, self.where = what, cure, where
        super().__init__(" ".join(part for part in (f"{where}:" if where else "", what, cure) if part))


SAVE_AS_XLSX = "Откройте файл в Excel или LibreOffice и сохраните как «Книга Excel (*.xlsx)»."
SEND_AGAIN = "Откройте файл у себя, проверьте, сохраните заново и пришлите ещё раз."
TOO_LARGE = "Удалите лишние листы, картинки и оформление пустых строк и пришлите файл ещё раз."


def damaged(what: str) -> Refusal:
    """The file is not whole: it was cut on the way, or made by something that does not know the format."""
    return Refusal(f"файл повреждён: {what}.", SEND_AGAIN)


def protected() -> Refusal:
    """The file cannot be opened without a password."""
    return Refusal(
        "файл защищён паролем на открытие.",
        "Снимите пароль (в Excel: Файл → Сведения → Защита книги → Зашифровать с использованием пароля, "
        "сотрите пароль) и пришлите файл ещё раз.",
    )


def macros() -> Refusal:
    """Nothing that runs is opened, even though Orientir would not run it."""
    return Refusal("в файле есть макросы.", SAVE_AS_XLSX + " Макросы при этом удалятся.")
