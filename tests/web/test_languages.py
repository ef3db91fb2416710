"""Everything that is said in Russian is said in English."""

from __future__ import annotations

import re

from django.urls import reverse
from web_messages import spoken, translated

from orientir_web.people.roles import Role
from web.world import World

_NAMES = re.compile(r"%\(\w+\)s")
_RUSSIAN = re.compile("[А-Яа-яЁё]+")


def test_every_text_has_its_translation() -> None:
    known = translated()
    assert set(known) == spoken()
    assert not [text for text, said in known.items() if not said or _RUSSIAN.search(said)]
    assert all(set(_NAMES.findall(text)) == set(_NAMES.findall(said)) for text, said in known.items())


def test_an_english_page_has_no_russian_of_ours(world: World) -> None:
    client = world.client(Role.COORDINATOR)
    client.post(reverse("set_language"), {"language": "en"})
    page = client.get(reverse("organisations")).content.decode()
    told = set(_RUSSIAN.findall(page)) - {"Русский", "Школа", "Округ", "Область"}
    assert not told
