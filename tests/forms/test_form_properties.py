"""Whatever a school answers is read back as it was answered, and a text without digits never becomes a number."""

from __future__ import annotations

import io

from form_copies import numbers
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from invented import LAST, World
from orientir.model.forms import AnswerKind
from orientir.sources.forms.layout import LISTS
from orientir.sources.forms.reading import FormReader
from orientir.sources.forms.writing import Addressee, Filled, write_form
from orientir.spreadsheets.sheets import read_workbook

few = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
marks = st.sampled_from(["нет данных", "не применимо"])


def returned(world: World, answers):
    out = io.BytesIO()
    write_form(out, world.layout, Addressee(world.schools[0].organisation, LAST, "Округ"), Filled(answers))
    reader = FormReader(world.programme, {world.schools[0].organisation.id}, LAST)
    return reader.read(read_workbook(out.getvalue()))


@few
@given(data=st.data())
def test_any_answers_are_read_back(world: World, data: st.DataObject) -> None:
    """In a matrix a mark stands for the whole row."""
    answers = {}
    for section in world.layout.sections:
        for row in section.rows:
            mark = data.draw(st.one_of(st.none(), marks)) if section.columns else None
            for cell in row.cells:
                largest = 1 if cell.answer is AnswerKind.YES_NO else 10**9
                number = st.integers(0, largest)
                answers[cell.key] = mark or data.draw(st.one_of(number, marks) if cell.sheet == LISTS else number)
    found = numbers(returned(world, answers))
    assert {key: found[key] for key in answers} == answers


@few
@given(text=st.text(max_size=20).filter(lambda text: not any(letter.isdigit() for letter in text)))
def test_text_without_digits_is_never_a_number(world: World, text: str) -> None:
    """«Нет» answers a question of yes and no, and is no zero."""
    key = next(cell.key for cell in world.layout.cells if cell.key[0] == "parents_8_11")
    reading = returned(world, {key: text})
    assert next(one.value for one in reading.answers if one.key == key) is None
