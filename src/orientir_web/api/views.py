"""The page of keys: one's own, and those of the people one answers for."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from orientir_web.api import tokens
from orientir_web.api.models import Token
from orientir_web.people.access import can_anywhere, person_of, visible
from orientir_web.people.models import Organisation, Person
from orientir_web.people.roles import Action
from orientir_web.refusals import missing_unless

PLACES_SHOWN, KEYS_SHOWN = 200, 100
_DAYS = 90


class TokenForm(forms.Form):
    title = forms.CharField(label=_("Для чего ключ"), max_length=100)
    organisation = forms.TypedChoiceField(label=_("Организация и всё, что в неё входит"), coerce=int)
    rights = forms.MultipleChoiceField(label=_("Что можно с этим ключом"), widget=forms.CheckboxSelectMultiple)
    days = forms.IntegerField(
        label=_("Сколько дней действует"), min_value=1, max_value=tokens.LONGEST, initial=_DAYS
    )  # fmt: skip

    def __init__(self, *args: object, person: Person, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        places = visible(person, Organisation.objects.all(), Action.SEE)[:PLACES_SHOWN]
        rights = [right for right in tokens.RIGHTS if can_anywhere(person, right)]
        self.fields["organisation"].choices = [(one.pk, one.title) for one in places]  # type: ignore[attr-defined]
        self.fields["rights"].choices = [(right.value, right.label) for right in rights]  # type: ignore[attr-defined]


def keys(request: HttpRequest) -> HttpResponse:
    """A key is shown on the page that answers its making, and on no other."""
    person = person_of(request)
    makes_keys = can_anywhere(person, Action.SEE)
    missing_unless(makes_keys or can_anywhere(person, Action.MANAGE_PEOPLE))
    form, key = TokenForm(request.POST or None, person=person), ""
    if request.method == "POST":
        missing_unless(makes_keys)
        if form.is_valid():
            told = form.cleaned_data
            place = get_object_or_404(visible(person, Organisation.objects.all(), Action.SEE), pk=told["organisation"])
            rights = [Action(right) for right in told["rights"]]
            key = tokens.issue_token(person, place, rights, told["title"], told["days"])
            form = TokenForm(person=person)
    shown = _tokens(person).select_related("person", "organisation")[:KEYS_SHOWN]
    context = {"form": form if makes_keys else None, "key": key, "tokens": shown}
    response = render(request, "api/keys.html", context, status=422 if form.is_bound else 200)
    response.headers["Cache-Control"] = "no-store"
    return response


@require_POST
def revoke_key(request: HttpRequest, token_id: int) -> HttpResponse:
    person = person_of(request)
    tokens.revoke_token(get_object_or_404(_tokens(person), pk=token_id), person)
    messages.success(request, _t("Ключ отозван."))
    return redirect("keys")


def _tokens(person: Person) -> QuerySet[Token]:
    return visible(person, Token.objects.all(), Action.MANAGE_PEOPLE) | Token.objects.filter(person=person)
