"""The key: never weak, never open, never beside what it protects, never of another cycle, never over another."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from orientir.errors import UserError
from orientir.model.periods import Period, PeriodKind
from orientir.pseudonyms.keys import check_apart, new_key, read_key

CYCLE = Period(PeriodKind.SCHOOL_YEAR, 2021)


@pytest.fixture
def key(tmp_path: Path) -> Path:
    new_key(tmp_path / "key", CYCLE)
    return tmp_path / "key"


def test_new_key_is_random_and_for_its_owner_alone(key: Path, tmp_path: Path) -> None:
    new_key(tmp_path / "other", CYCLE)
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert len(read_key(key, CYCLE).secret) == 32
    assert read_key(key, CYCLE).secret != read_key(tmp_path / "other", CYCLE).secret


def test_key_is_never_written_over(key: Path) -> None:
    before = key.read_bytes()
    with pytest.raises(UserError, match="такой файл уже есть"):
        new_key(key, CYCLE)
    assert key.read_bytes() == before


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o700, 0o400])
def test_key_that_others_may_read_is_refused(key: Path, mode: int) -> None:
    key.chmod(mode)
    with pytest.raises(UserError, match="0600"):
        read_key(key, CYCLE)


@pytest.mark.parametrize(
    "text",
    ["", "cycle: 2021/22\nkey: 1234\n", f"key: {'0' * 64}\n", f"cycle: 2021/22\nkey: {'g' * 64}\n",
     f"cycle: 2021/22\nkey: {'0' * 63}\n", f"cycle: 2021/22\nkey: {'0' * 66}\n", f"cycle: 2021/23\nkey: {'0' * 64}\n"],
)  # fmt: skip
def test_what_is_no_key_of_32_bytes_is_refused(key: Path, text: str) -> None:
    key.write_text(text)
    with pytest.raises(UserError):
        read_key(key, None)


def test_key_of_another_cycle_is_refused(key: Path) -> None:
    with pytest.raises(UserError, match="ключ цикла 2021/22, а обрабатывается 2022/23"):
        read_key(key, CYCLE.shifted(1))


def test_link_in_the_place_of_a_key_is_refused(key: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(key)
    with pytest.raises(UserError):
        read_key(tmp_path / "link", CYCLE)


def test_key_inside_a_folder_of_data_is_refused(tmp_path: Path) -> None:
    package = tmp_path / "package"
    (package / "deep").mkdir(parents=True)
    (tmp_path / "door").symlink_to(package)
    for path in (package / "key", package / "deep" / "key", tmp_path / "door" / "key"):
        with pytest.raises(UserError, match="внутри папки"):
            check_apart(path, (tmp_path / "exports", package))
    check_apart(tmp_path / "key", (tmp_path / "exports", package))


def test_key_is_not_shown_by_accident(key: Path) -> None:
    known = read_key(key, CYCLE)
    assert known.secret.hex() not in repr(known)
    assert str(known.secret) not in repr(known)
    assert len(known.id) == 8
    assert known.id not in known.secret.hex()


def test_pseudonym_depends_on_the_key_and_fits_a_bigint(key: Path, tmp_path: Path) -> None:
    new_key(tmp_path / "next", CYCLE.shifted(1))
    one, other = read_key(key, None), read_key(tmp_path / "next", None)
    identities = [f"snils:{number}" for number in range(1000)]
    found = {known: {known.pseudonym(identity) for identity in identities} for known in (one, other)}
    assert all(len(some) == 1000 and min(some) >= 0 and max(some) < 2**63 for some in found.values())
    assert not found[one] & found[other]
