"""The texts that count, and how a data package carries them: the next computation, and every document, prints them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from orientir.facts.tables import TEXTS
from orientir.facts.writing import Cells, read_csv_rows, write_table
from orientir.model.periods import Period
from orientir.model.texts import EditedText, Token
from orientir_web.campaigns.models import Campaign
from orientir_web.decisions.actions import without_forbidden
from orientir_web.decisions.models import TextEdit


def edits_of(campaign: Campaign) -> dict[str, TextEdit]:
    """The last edit of each paragraph; one that took the generated text back is none."""
    last = {one.key: one for one in TextEdit.objects.filter(campaign=campaign).select_related("by").order_by("pk")}
    return {key: one for key, one in last.items() if one.text}


def edited_text(edit: TextEdit, period: Period) -> EditedText:
    """As the core knows it."""
    seen = tuple(Token(ref, said) for ref, said in edit.seen.items())
    return EditedText(edit.key, period, edit.text, seen, str(edit.by), edit.at.date())


def put_texts(folder: Path, before: Path, campaign: Campaign, period: Period) -> None:
    """texts.csv of the package: those of other years as they came, this year's as they are written here."""
    own = [edited_text(one, period) for one in edits_of(campaign).values()]
    earlier = [row for row in read_csv_rows(before / "texts.csv") if row["period"] != str(period)]
    path = folder / "texts.csv"
    path.unlink(missing_ok=True)
    if own or earlier:
        write_table(path, TEXTS, [*earlier, *_rows(own)])


def _rows(texts: Iterable[EditedText]) -> Iterator[Cells]:
    for one in texts:
        told = {
            "key": one.key,
            "period": one.period,
            "text": one.text,
            "seen": " ".join(map(str, one.seen)),
            "author": one.author,
            "written_on": one.written_on,
        }
        yield {name: without_forbidden(str(value)) for name, value in told.items()}
