"""Forms of organisations and their cells, with everything that became of them. A cell is known by the core's code."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from orientir_web.campaigns.models import Campaign
from orientir_web.people.models import Organisation, Person
from orientir_web.submissions.states import CellState, State

# Not a SlugField: those make an index for every column.
_CODE = 300


class Submission(models.Model):
    """One form that one organisation is asked in a campaign. `filled` and `errors` are counted at every save."""

    ORGANISATION_PATH = "organisation__path"

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="submissions")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="submissions")
    form = models.CharField(_("форма"), max_length=100)
    state = models.CharField(_("состояние"), max_length=10, choices=State.choices, default=State.DRAFT)
    asked = models.PositiveIntegerField(_("ячеек"))
    filled = models.PositiveIntegerField(_("заполнено"), default=0)
    errors = models.PositiveIntegerField(_("ошибок"), default=0)
    submitted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    submitted_at = models.DateTimeField(_("сдана"), null=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(_("решение"), null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["organisation__path", "form"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["campaign", "organisation", "form"], name="form_asked_once")
        ]

    def __str__(self) -> str:
        return f"{self.organisation}, {self.form}, {self.campaign}"

    @property
    def filled_percent(self) -> int:
        """Rounded down: 100 means all of them."""
        return self.filled * 100 // self.asked if self.asked else 0


class _Content(models.Model):
    """What a cell says."""

    state = models.CharField(max_length=20, choices=CellState.choices)
    value = models.DecimalField(max_digits=20, decimal_places=6, null=True)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        abstract = True


class Cell(_Content):
    """A cell as it stands. `version` counts its changes; an absent cell has version 0."""

    ORGANISATION_PATH = "submission__organisation__path"

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="cells")
    code = models.CharField(max_length=_CODE)
    version = models.PositiveIntegerField()
    changed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["submission", "code"], name="cell_once")
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.value if self.value is not None else self.state}"


class CellChange(_Content):
    """What a cell said from this change on, append-only; version 1 follows the absent cell."""

    ORGANISATION_PATH = "submission__organisation__path"

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="changes")
    code = models.CharField(max_length=_CODE)
    version = models.PositiveIntegerField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["-version"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["submission", "code", "version"], name="change_once")
        ]

    def __str__(self) -> str:
        return f"{self.code}, {self.version}"


class Remark(models.Model):
    """What the coordinator says of a returned form; without a code it is about the whole form."""

    ORGANISATION_PATH = "submission__organisation__path"

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="remarks")
    code = models.CharField(max_length=_CODE, blank=True)
    text = models.CharField(_("замечание"), max_length=1000)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    resolved_at = models.DateTimeField(null=True)  # when the form was submitted again

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]

    def __str__(self) -> str:
        return self.text


class Snapshot(models.Model):
    """What was accepted, frozen: the cells as JSON text, and its checksum."""

    ORGANISATION_PATH = "submission__organisation__path"

    submission = models.OneToOneField(Submission, models.PROTECT, related_name="snapshot")
    content = models.TextField()
    sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.sha256


class Correction(_Content):
    """A change after acceptance: a record beside the snapshot, which stays as it is. Append-only.

    It becomes a row of corrections.csv; `expected` is what it was written against.
    """

    ORGANISATION_PATH = "submission__organisation__path"

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="corrections")
    code = models.CharField(max_length=_CODE)
    expected_state = models.CharField(max_length=20, choices=CellState.choices)
    expected = models.DecimalField(max_digits=20, decimal_places=6, null=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]

    def __str__(self) -> str:
        return self.code


class Approval(models.Model):
    """The head of department has approved what a campaign collected: which snapshots, and the checksum of all.

    Append-only: what is corrected afterwards is a recorded correction and changes neither snapshots nor approval.
    """

    ORGANISATION_PATH = "campaign__district__path"

    campaign = models.OneToOneField(Campaign, models.PROTECT, related_name="approval")
    content = models.TextField()
    sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.sha256


class KnownCell(_Content):
    """A number known from elsewhere: last year's, to compare with, or this year's, to fill in. `source` names it."""

    ORGANISATION_PATH = "organisation__path"

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="known")
    period = models.CharField(max_length=10)
    code = models.CharField(max_length=_CODE)
    source = models.CharField(max_length=300)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["organisation", "period", "code"], name="known_once")
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.value}"
