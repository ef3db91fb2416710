"""What people type on the pages about people. Rules stand in the services."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import password_validators_help_text_html, validate_password
from django.db.models import TextChoices
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from orientir_web.people.kinds import choices
from orientir_web.people.models import Person
from orientir_web.people.roles import Role
from orientir_web.people.second_factor import LONGEST, SHORTEST

_date = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class OrganisationForm(forms.Form):
    """The code is told once, when an organisation is added."""

    code = forms.RegexField(
        r"^[\w.-]+$",
        label=_("Код"),
        max_length=100,
        help_text=_("Буквы, цифры и знаки _ . -: под этим кодом организация стоит в данных. Потом не меняется."),
    )
    title = forms.CharField(label=_("Название"), max_length=300)
    kind = forms.ChoiceField(label=_("Вид"))
    valid_from = forms.DateField(label=_("Действует с"), widget=_date, required=False)
    valid_to = forms.DateField(label=_("Действует по"), widget=_date, required=False)
    time_zone = forms.CharField(
        label=_("Часовой пояс"),
        max_length=50,
        required=False,
        help_text=_("Например, Asia/Novokuznetsk. Пусто: как у вышестоящей организации."),
    )

    def __init__(self, *args: Any, known: Iterable[str] = (), with_code: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not with_code:
            del self.fields["code"]
        self.fields["kind"].choices = choices(known)  # type: ignore[attr-defined]

    def clean_time_zone(self) -> str:
        name: str = self.cleaned_data["time_zone"]
        if name and name not in available_timezones():
            raise forms.ValidationError(_("Такого часового пояса нет."))
        return name


class TableForm(forms.Form):
    table = forms.FileField(label=_("Файл CSV или XLSX"))


class Handing(TextChoices):
    """How the links of invitations reach people."""

    PAGE = "page", _("показать на странице: передам сам")
    CSV = "csv", _("скачать таблицей CSV: разошлю сам")
    MAIL = "mail", _("отправить каждому письмом")


class InviteTableForm(TableForm):
    """Letters are offered where there is a server to send them."""

    handing = forms.ChoiceField(label=_("Ссылки"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, has_mail: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [one for one in Handing if has_mail or one is not Handing.MAIL]
        self.fields["handing"].choices = [(one.value, one.label) for one in offered]  # type: ignore[attr-defined]
        self.fields["handing"].initial = Handing.MAIL if has_mail else Handing.PAGE


class SecondFactorForm(forms.Form):
    reason = forms.CharField(
        label=_("Почему снимается второй фактор"),
        min_length=SHORTEST,
        max_length=LONGEST,
        help_text=_("Например: потерян телефон, личность проверена по звонку. Останется в журнале."),
    )


class OwnForm(forms.Form):
    """What a person says of themselves. The address stays: it is how they are known here."""

    full_name = forms.CharField(label=_("Фамилия, имя, отчество"), max_length=200)
    language = forms.ChoiceField(label=_("Язык"), choices=settings.LANGUAGES)


class ForgottenForm(forms.Form):
    email = forms.EmailField(label=_("Электронная почта"), widget=forms.EmailInput(attrs={"autocomplete": "email"}))


class InvitationForm(forms.Form):
    full_name = forms.CharField(label=_("Фамилия, имя, отчество"), max_length=200)
    email = forms.EmailField(label=_("Электронная почта"))
    role = forms.ChoiceField(label=_("Роль"))
    by_mail = forms.BooleanField(label=_("Отправить ссылку письмом"), required=False)

    def __init__(self, *args: Any, roles: list[Role], has_mail: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_mail:
            del self.fields["by_mail"]
        self.fields["role"].choices = [(role.value, role.label) for role in roles]  # type: ignore[attr-defined]


class SubstitutionForm(forms.Form):
    """The other person already has an account: an invitation makes one."""

    email = forms.EmailField(label=_("Электронная почта того, кто замещает"))
    first = forms.DateField(label=_("Первый день"), widget=_date)
    last = forms.DateField(label=_("Последний день"), widget=_date)

    def clean_email(self) -> Person:
        email = Person.objects.normalise(self.cleaned_data["email"])
        person = Person.objects.filter(email=email, is_active=True).first()
        if person is None:
            raise forms.ValidationError(_("Такого человека в системе нет. Сначала пригласите его."))
        return person


class NewPasswordForm(forms.Form):
    password = forms.CharField(
        label=_("Пароль"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=lazy(password_validators_help_text_html, str)(),
    )
    again = forms.CharField(
        label=_("Пароль ещё раз"), widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._person = person

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, self._person)
        return password

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("password") and told["password"] != told.get("again"):
            self.add_error("again", _("Пароли не совпадают."))
        return told
