"""Rows of one person that have no common key: how probable it is that two are one, by Splink, inside the perimeter.

What is done with a pair, and what a person has said of it, is decided in deciding.py.
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from orientir.errors import Fault, UserError
from orientir.pseudonyms.identity import Identity
from orientir.pseudonyms.linking_model import COLUMNS, settings, train

LEAST_TRAINED = 200  # people on either side: of fewer nothing can be learned
_LEAST_PROBABLE = 0.05


@dataclass(frozen=True)
class Pair:
    """Places in the two lists, the probability, and its weight in bits.

    A `learned` one comes of a trained model. Twins agree in all but the name: `names_agree` tells whether it does.
    """

    left: int
    right: int
    probability: float
    weight: float
    learned: bool
    names_agree: bool


def is_installed() -> bool:
    from importlib.util import find_spec

    return find_spec("splink") is not None


def probable_pairs(left: Sequence[Identity], right: Sequence[Identity]) -> list[Pair]:
    """Every pair that may be one person. Raises UserError where Splink is not installed."""
    if not left or not right:
        return []
    if not is_installed():
        what = "есть строки без общего ключа, а библиотека Splink, которая их связывает, не установлена."
        cure = "Установите её: pip install 'orientir[scale]', или свяжите только по ключу: --exact."
        raise UserError(Fault("splink", what, cure))
    with _quiet():
        return _pairs(left, right)


def _pairs(left: Sequence[Identity], right: Sequence[Identity]) -> list[Pair]:
    from splink import Linker
    from splink.backends.duckdb import DuckDBAPI

    database = DuckDBAPI()
    try:
        inputs = [
            database.register(_table(people), dataset_display_name=name)
            for name, people in (("a_left", left), ("b_right", right))
        ]
        learned = min(len(left), len(right)) >= LEAST_TRAINED
        linker = Linker(inputs, settings(min(0.5, 1 / len(left)), learned), log_level=None)
        if learned:
            train(linker)
        found = linker.inference.predict(threshold_match_probability=_LEAST_PROBABLE).as_record_list()
    finally:
        database.duckdb_con.close()
    return sorted((_pair(row, learned) for row in found), key=lambda pair: (pair.right, -pair.weight, pair.left))


def _table(people: Sequence[Identity]) -> Any:
    import pyarrow as pa

    columns: dict[str, Any] = {"unique_id": pa.array(range(len(people)), pa.int64())}
    for name in COLUMNS:
        kind = pa.int64() if name in ("school", "sex") else pa.string()
        columns[name] = pa.array([_known(getattr(one, name)) for one in people], kind)
    return pa.table(columns)


def _known(value: Any) -> Any:
    return None if value == "" else value


def _pair(row: dict[str, Any], learned: bool) -> Pair:
    side = {row["source_dataset_l"]: row["unique_id_l"], row["source_dataset_r"]: row["unique_id_r"]}
    return Pair(
        side["a_left"],
        side["b_right"],
        float(row["match_probability"]),
        float(row["match_weight"]),
        learned,
        names_agree=row["gamma_name"] > 0,
    )


@contextmanager
def _quiet() -> Iterator[None]:
    """What the library tells of its training is for those who build models."""
    log = logging.getLogger("splink")
    before = log.level
    log.setLevel(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        log.setLevel(before)
