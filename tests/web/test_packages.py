"""A district's own package: sent, looked at, kept; whatever is wrong with it is told, and nothing of it is kept."""

from __future__ import annotations

import io
import stat
import zipfile
from collections.abc import Callable, Mapping
from html import unescape
from pathlib import Path
from re import sub

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from orientir_web.cycles import archive, services
from orientir_web.cycles.folders import folder
from orientir_web.cycles.models import Computation, DistrictPackage, PackageDraft, Progress
from orientir_web.cycles.packages import kept_folder
from orientir_web.journal.models import Entry
from orientir_web.people.roles import Role
from web.computed import accept_all
from web.world import World

FACTS = "element,organisation,period,grade,value,status,source,note\n"
OWN = {
    "organisations.csv": "id,title,kind,parent,title_genitive,title_prepositional,valid_from,valid_to\n"
    "district,Округ,district,,,,,\nschool_1,Школа,school,district,,,,\nschool_7,Закрытая школа,school,district,,,,\n",
    "sources.csv": "id,title,document,place,rank,programme_source,note\nold,Отчёт за 2020/21,Отчёт,таблица 1,1,,\n",
    "facts.csv": FACTS + "graduates_9,school_1,2020/21,,40,,old,\nadmitted_college_9,school_1,2020/21,,10,,old,\n"
    "graduates_9,school_1,2021/22,,99,,old,\n",
}
DESCRIPTION = (
    '{"name": "own", "title": "Прошлые годы", "resources": [%s], "orientir": '
    '{"programme": "", "territory": "district", "synthetic": true, "prepared_by": "Отдел"}}'
)


def _package(changes: Mapping[str, str] = {}, under: str = "пакет/") -> bytes:
    files = OWN | {
        "datapackage.json": DESCRIPTION % ", ".join(f'{{"name": "{name[:-4]}", "path": "{name}"}}' for name in OWN)
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in (files | changes).items():
            packed.writestr(under + name, text)
    return out.getvalue()


def _sent(client: Client, world: World, data: bytes) -> HttpResponse:
    upload = SimpleUploadedFile("прошлое.zip", data)
    return client.post(reverse("district_package", args=[world.own.place.pk]), {"package": upload}, follow=True)


def _text(response: HttpResponse) -> str:
    return " ".join(unescape(sub(r"<[^>]+>", " ", response.content.decode())).split())


def test_a_package_is_looked_at_then_kept_and_counts(world: World) -> None:
    accept_all(world.own)
    client = world.client(Role.COORDINATOR)
    preview = _text(_sent(client, world, _package({"README.txt": "о пакете", "records/enrolment.csv": "имя\n"})))
    assert "Прошлые годы, Отдел" in preview
    assert "2020/21 уч. г. 2" in preview and "facts.csv 2" in preview
    assert "Не берётся сведений: 1. О них спрашивают формы за 2021/22" in preview
    assert "Закрытая школа" in preview
    assert "Не берётся пакет/README.txt пакет/records/enrolment.csv" in preview
    assert not DistrictPackage.objects.exists()
    draft = PackageDraft.objects.get()
    client.post(reverse("package_confirm", args=[draft.pk]))
    kept = DistrictPackage.objects.get()
    assert (kept.district, kept.checksum) == (world.own.place, draft.checksum)
    entry = Entry.objects.order_by("-number")[0]
    assert (entry.event, entry.person) == ("package_kept", world.own.people[Role.COORDINATOR].pk)
    services.ask_to_compute(world.own.campaign)
    services.compute_waiting()
    cycle = services.cycle_of(Computation.objects.get(state=Progress.READY)).cycle
    told = {str(one.place.period): one.numerator for one in cycle.values
            if (one.place.indicator, one.place.organisation) == ("college_9", "school_1")}  # fmt: skip
    assert told == {"2020/21": 10, "2021/22": 20}
    # Another one replaces it: the page says so, and the numbers are behind from then on.
    preview = _text(_sent(client, world, _package({"facts.csv": OWN["facts.csv"].replace(",10,", ",12,")})))
    assert "Он заменит пакет «Прошлые годы»" in preview
    client.post(reverse("package_confirm", args=[PackageDraft.objects.get(closed_at__isnull=True).pk]))
    assert not services.is_fresh(Computation.objects.get(state=Progress.READY))
    assert f'"replaced": "{kept.checksum}"' in Entry.objects.order_by("-number")[0].details


def test_a_package_that_is_not_wanted_is_not_kept(world: World) -> None:
    client = world.client(Role.COORDINATOR)
    _sent(client, world, _package(under=""))
    draft = PackageDraft.objects.get()
    assert "Пакет не принят" in _text(client.post(reverse("package_cancel", args=[draft.pk]), follow=True))
    assert not DistrictPackage.objects.exists()
    assert client.post(reverse("package_confirm", args=[draft.pk])).status_code == 404


def _with(change: Callable[[zipfile.ZipFile], None], data: bytes = b"") -> bytes:
    out = io.BytesIO(data or _package())
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as packed:
        change(packed)
    return out.getvalue()


def _link(packed: zipfile.ZipFile) -> None:
    link = zipfile.ZipInfo("пакет/originals/secret.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    packed.writestr(link, "/etc/passwd")


HOSTILE = {
    "no archive": (b"%PDF-1.4", "это не архив ZIP"),
    "cut": (_package()[:-40], "повреждён"),
    "no package": (_with(lambda packed: None, _package({}, "x/").replace(b"datapackage", b"otherpackag")),
                   "нет файла datapackage.json"),
    "way out": (_with(lambda packed: packed.writestr("../../evil.csv", "a")), "ведут за его пределы"),
    "absolute": (_with(lambda packed: packed.writestr("/etc/evil.csv", "a")), "ведут за его пределы"),
    "link": (_with(_link), "это ссылка, а не файл"),
    "twice": (_with(lambda packed: packed.writestr("пакет/FACTS.csv", "a")), "с одинаковыми именами"),
    "two packages": (_with(lambda packed: packed.writestr("другой/datapackage.json", "{}")), "пакетов несколько"),
    "bomb": (_with(lambda packed: packed.writestr("пакет/originals/zeros", bytes(101_000_000))), "больше 100"),
    "large tables": (_with(lambda packed: packed.writestr("пакет/more.csv", bytes(11_000_000))), "больше 10"),
    "other district": (_package({"datapackage.json": DESCRIPTION.replace('"district"', '"school_7"') % ", ".join(
        f'{{"name": "{name[:-4]}", "path": "{name}"}}' for name in OWN)}), "пакет о территории «school_7»"),
}  # fmt: skip


@pytest.mark.parametrize("case", HOSTILE)
def test_what_is_no_package_is_refused_with_the_reason(world: World, case: str) -> None:
    data, told = HOSTILE[case]
    before = sorted(folder("packages").rglob("*"))
    response = _sent(world.client(Role.COORDINATOR), world, data)
    assert response.status_code == 422
    assert told in _text(response)
    assert not PackageDraft.objects.exists()
    assert sorted(folder("packages").rglob("*")) == before


def test_every_mistake_is_told_with_its_file_and_line(world: World) -> None:
    rows = FACTS + "graduates_9,school_9,2020/21,,40,,old,\nnothing,school_1,2020/21,,-5,,old,\n"
    response = _sent(world.client(Role.COORDINATOR), world, _package({"facts.csv": rows}))
    text = _text(response)
    assert response.status_code == 422
    assert "пакет/facts.csv:2: organisation" in text and "пакет/facts.csv:3: element" in text
    assert "ошибок: " in text


def test_a_table_in_a_folder_of_the_package_is_not_lost(world: World) -> None:
    listed = ", ".join(f'{{"name": "{name[:-4]}", "path": "data/{name}"}}' for name in OWN)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("datapackage.json", DESCRIPTION % listed)
        for name, text in OWN.items():
            packed.writestr(f"data/{name}", "\ufeff" + text)
    assert "2020/21 уч. г. 2" in _text(_sent(world.client(Role.COORDINATOR), world, out.getvalue()))
    made = kept_folder(PackageDraft.objects.get().checksum)
    assert "graduates_9" in (made / "facts.csv").read_text(encoding="utf-8")


def test_an_archive_is_not_read_before_its_size_is_known(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("orientir_web.cycles.packages.MOST_BYTES", 100)
    response = _sent(world.client(Role.COORDINATOR), world, _package())
    assert response.status_code == 409
    assert not PackageDraft.objects.exists()


def test_parts_with_clashing_names_are_told(tmp_path: Path) -> None:
    from orientir.errors import UserError

    data = _with(
        lambda packed: (packed.writestr("пакет/originals/a", "1"), packed.writestr("пакет/originals/a/b", "2"))[0]
    )
    with pytest.raises(UserError, match="записать нельзя"):
        archive.unpack(data, tmp_path / "package")
