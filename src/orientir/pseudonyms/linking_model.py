"""The model by which rows without a common key are compared: which slips of the pen are expected, and how often.

The probabilities written here are where the training begins; it learns its own from the data, without examples.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

Chances = tuple[float, float]  # of one person's two rows, and of two strangers'

SEED = 1
SAMPLED_PAIRS = 600_000
_RECALL = 0.8  # of the rules that only count how many pairs there may be
_SWAPPED = (
    "substr(birth_l, 1, 4) = substr(birth_r, 1, 4) AND substr(birth_l, 6, 2) = substr(birth_r, 9, 2) "
    "AND substr(birth_l, 9, 2) = substr(birth_r, 6, 2)"
)
COLUMNS = ("surname", "name", "patronymic", "birth", "school", "sex")


def settings(expected: float, learns: bool) -> Any:
    """Comparisons and blocking rules for Splink; `expected` is the share of all pairs that are one person.

    Where nothing can be learned, how often names are met is not known either: it is taken as written here.
    """
    from splink import SettingsCreator

    return SettingsCreator(
        link_type="link_only",
        unique_id_column_name="unique_id",
        probability_two_random_records_match=expected,
        comparisons=_comparisons(learns),
        blocking_rules_to_generate_predictions=_blocking(),
        retain_matching_columns=True,
    )


def _comparisons(learns: bool) -> list[Any]:
    import splink.comparison_level_library as levels

    return [
        _compared("surname", _typed("surname", ((0.9, 0.002), (0.04, 0.002), (0.02, 0.005)), learns), (0.04, 0.991)),
        _compared("name", _typed("name", ((0.94, 0.03), (0.03, 0.01), (0.02, 0.02)), learns), (0.01, 0.94)),
        _compared("patronymic", _typed("patronymic", ((0.94, 0.03), (0.03, 0.01), (0.02, 0.02))), (0.01, 0.94)),
        _compared("birth", [
            (levels.ExactMatchLevel("birth"), (0.94, 0.0005)),
            (levels.CustomLevel(_SWAPPED, "day and month swapped"), (0.02, 0.0005)),
            (levels.DamerauLevenshteinLevel("birth", 1), (0.03, 0.01)),
        ], (0.01, 0.989)),
        _compared("school", [(levels.ExactMatchLevel("school"), (0.95, 0.06))], (0.05, 0.94)),
        _compared("sex", [(levels.ExactMatchLevel("sex"), (0.99, 0.5))], (0.01, 0.5)),
    ]  # fmt: skip


def _typed(column: str, chances: Sequence[Chances], frequent: bool = False) -> list[tuple[Any, Chances]]:
    """Equal, one slip (a swapped pair of letters is one), two slips in a word long enough to have them.

    `frequent` weighs a rare word more than one that many bear.
    """
    import splink.comparison_level_library as levels

    long_enough = f"length({column}_l) >= 5 AND length({column}_r) >= 5"
    return list(zip([
        levels.ExactMatchLevel(column, term_frequency_adjustments=frequent),
        levels.DamerauLevenshteinLevel(column, 1),
        levels.And(levels.DamerauLevenshteinLevel(column, 2), levels.CustomLevel(long_enough)),
    ], chances, strict=True))  # fmt: skip


def _compared(column: str, known: Sequence[tuple[Any, Chances]], otherwise: Chances) -> Any:
    import splink.comparison_level_library as levels
    import splink.comparison_library as comparisons

    told = [(level, chances) for level, chances in (*known, (levels.ElseLevel(), otherwise))]
    configured = [level.configure(m_probability=m, u_probability=u) for level, (m, u) in told]
    return comparisons.CustomComparison([levels.NullLevel(column), *configured], output_column_name=column)


def _blocking() -> list[Any]:
    """A pair is compared if any of these hold; each tolerates other slips than the rest."""
    from splink import block_on

    return [
        block_on("surname", "name"),
        block_on("surname", "birth"),
        block_on("name", "birth"),
        block_on("name", "patronymic", "school"),
        block_on("surname", "school"),
        block_on("birth", "school"),
        block_on("substr(surname, 1, 3)", "substr(name, 1, 2)", "substr(birth, 1, 4)"),
    ]


def train(linker: Any) -> None:
    """Unsupervised: how often strangers agree from random pairs, how often one person's rows do by maximising
    expectation over pairs that agree in two other things."""
    from splink import block_on

    linker.training.estimate_probability_two_random_records_match(
        [block_on("surname", "name", "birth"), block_on("name", "patronymic", "birth", "school")], recall=_RECALL
    )
    linker.training.estimate_u_using_random_sampling(max_pairs=SAMPLED_PAIRS, seed=SEED)
    for rule in (("name", "birth"), ("surname", "name"), ("surname", "birth")):
        linker.training.estimate_parameters_using_expectation_maximisation(block_on(*rule))
