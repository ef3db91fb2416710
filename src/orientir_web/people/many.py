"""Many at once, from a table: organisations added, people invited. All of them or, where one is wrong, none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from orientir_web.people import kinds
from orientir_web.people.access import visible
from orientir_web.people.forms import OrganisationForm
from orientir_web.people.invitations import Issued, invite
from orientir_web.people.models import Organisation, Person
from orientir_web.people.organisations import Told, create_organisation
from orientir_web.people.roles import Action, Role
from orientir_web.people.uploads import Mistake, Upload, read_upload
from orientir_web.refusals import ActionRefused

Made = TypeVar("Made")
_PLACES = {
    "код": "code", "название": "title", "вид": "kind", "входит в": "parent", "действует с": "valid_from",
    "действует по": "valid_to", "часовой пояс": "time_zone",
}  # fmt: skip
_PEOPLE = {"организация": "organisation", "фамилия, имя, отчество": "full_name", "электронная почта": "email",
           "роль": "role", "фио": "full_name", "почта": "email"}  # fmt: skip


def _heads(russian: Mapping[str, str]) -> dict[str, str]:
    return dict(russian) | {key: key for key in russian.values()}


def add_from_table(
    parent: Organisation, file: UploadedFile | None, by: Person
) -> tuple[list[Organisation], tuple[Mistake, ...]]:
    """Under `parent`, or under another one that the row names by its code, which may stand in the same table."""
    upload = read_upload(file, _heads(_PLACES), frozenset({"code", "title", "kind"}))

    def add(row: Mapping[str, str]) -> Organisation:
        above = _above(parent, row.get("parent", ""))
        form = OrganisationForm(
            {**row, "kind": _key(row.get("kind", ""), kinds.choices())}, known=kinds.Kind.values, with_code=True
        )
        return create_organisation(by, above, Told(**_valid(form)))

    return _each(upload, add)


def _above(top: Organisation, code: str) -> Organisation:
    if code in ("", top.code):
        return top
    found = list(Organisation.objects.filter(path__startswith=top.path, code=code)[:2])
    if len(found) != 1:
        raise ActionRefused(_("Организации с кодом «%(code)s» здесь нет.") % {"code": code})
    return found[0]


def invite_from_table(
    place: Organisation, file: UploadedFile | None, by: Person
) -> tuple[list[Issued], tuple[Mistake, ...]]:
    """Into `place` and what is under it, by the codes of organisations."""
    upload = read_upload(file, _heads(_PEOPLE), frozenset({"full_name", "email", "role"}))
    seen: set[tuple[str, str, str]] = set()

    def add(row: Mapping[str, str]) -> Issued:
        own = _above(place, row.get("organisation", ""))
        if not visible(by, Organisation.objects.filter(pk=own.pk), Action.MANAGE_PEOPLE).exists():
            raise ActionRefused(_("На это у вас нет права."))
        email = _email(row.get("email", ""))
        role = _role(row.get("role", ""))
        if (key := (email, own.code, role)) in seen:
            raise ActionRefused(_("Этот человек уже есть в таблице с той же ролью."))
        seen.add(key)
        name = row.get("full_name", "")
        if not name:
            raise ActionRefused(_("Не указано, кого пригласить."))
        return invite(by, own, role, email, name)

    return _each(upload, add)


def _each(upload: Upload, add: Callable[[Mapping[str, str]], Made]) -> tuple[list[Made], tuple[Mistake, ...]]:
    """Every row is tried, so that all mistakes are told; where there is one, everything is undone."""
    made: list[Made] = []
    mistakes = list(upload.mistakes)
    with transaction.atomic():
        for number, row in upload.rows.items():
            try:
                made.append(add(row))
            except ActionRefused as refusal:
                mistakes.append(Mistake(number, str(refusal)))
        if mistakes:
            transaction.set_rollback(True)
    return ([] if mistakes else made), tuple(mistakes)


def _key(told: str, choices: Iterable[tuple[str, Any]]) -> str:
    """A choice by its key or by what it is called."""
    wanted = told.casefold()
    return next((key for key, label in choices if wanted in (key.casefold(), str(label).casefold())), "")


def _role(told: str) -> Role:
    if key := _key(told, Role.choices):
        return Role(key)
    roles = ", ".join(str(role.label) for role in Role)
    raise ActionRefused(_("Роли «%(told)s» нет. Есть: %(roles)s.") % {"told": told, "roles": roles})


def _email(told: str) -> str:
    try:
        return Person.objects.normalise(forms.EmailField(max_length=254).clean(told))
    except forms.ValidationError:
        raise ActionRefused(_("«%(told)s» — не адрес электронной почты.") % {"told": told}) from None


def _valid(form: OrganisationForm) -> dict[str, Any]:
    if not form.is_valid():
        said = [f"{form.fields[name].label}: {' '.join(map(str, told))}" for name, told in form.errors.items()]
        raise ActionRefused(" ".join(said))
    return form.cleaned_data
