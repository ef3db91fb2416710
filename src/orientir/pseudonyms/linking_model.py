"""The model by which rows without a common key are compared: which slips of the pen are expected, and how often.

The probabilities written here are where the training begins; it learns its own from the data, without examples.
"""

from __future__ import annotations

from typing import Any

SEED = 1
_SAMPLED_PAIRS = 5_000_000
_RECALL = 0.8  # of the rules that only count how many pairs there may be
_SWAPPED = (
    "substr(birth_l, 1, 4) = substr(birth_r, 1, 4) AND substr(birth_l, 6, 2) = substr(birth_r, 9, 2) "
    "AND substr(birth_l, 9, 2) = substr(birth_r, 6, 2)"
)
COLUMNS = ("surname", "name", "patronymic", "birth", "school", "sex")


def settings() -> Any:
    """Comparisons and blocking rules for Splink."""
    from splink import SettingsCreator

    return SettingsCreator(
        link_type="link_only",
        unique_id_column_name="unique_id",
        comparisons=_comparisons(),
        blocking_rules_to_generate_predictions=_blocking(),
        retain_matching_columns=False,
        retain_intermediate_calculation_columns=False,
    )


def _comparisons() -> list[Any]:
    import splink.comparison_level_library as levels

    return [
        _compared("surname", _typed("surname", (0.9, 0.04, 0.02), tf=True), 0.04),
        _compared("name", _typed("name", (0.94, 0.03, 0.02), tf=True), 0.01),
        _compared("patronymic", _typed("patronymic", (0.94, 0.03, 0.02)), 0.01),
        _compared("birth", [
            (levels.ExactMatchLevel("birth"), 0.94),
            (levels.CustomLevel(_SWAPPED, "day and month swapped"), 0.02),
            (levels.DamerauLevenshteinLevel("birth", 1), 0.03),
        ], 0.01),
        _compared("school", [(levels.ExactMatchLevel("school"), 0.95)], 0.05),
        _compared("sex", [(levels.ExactMatchLevel("sex"), 0.99)], 0.01),
    ]  # fmt: skip


def _typed(column: str, m: tuple[float, float, float], tf: bool = False) -> list[tuple[Any, float]]:
    """Equal, one slip (a swapped pair of letters is one), two slips in a word long enough to have them."""
    import splink.comparison_level_library as levels

    long_enough = f"length({column}_l) >= 5 AND length({column}_r) >= 5"
    return [
        (levels.ExactMatchLevel(column, term_frequency_adjustments=tf), m[0]),
        (levels.DamerauLevenshteinLevel(column, 1), m[1]),
        (levels.And(levels.DamerauLevenshteinLevel(column, 2), levels.CustomLevel(long_enough)), m[2]),
    ]


def _compared(column: str, known: list[tuple[Any, float]], otherwise: float) -> Any:
    import splink.comparison_level_library as levels
    import splink.comparison_library as comparisons

    silent = levels.NullLevel(column)
    told = [level.configure(m_probability=m) for level, m in known]
    other = levels.ElseLevel().configure(m_probability=otherwise)
    return comparisons.CustomComparison([silent, *told, other], output_column_name=column)


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
    linker.training.estimate_u_using_random_sampling(max_pairs=_SAMPLED_PAIRS, seed=SEED)
    for rule in (("name", "birth"), ("surname", "name"), ("surname", "birth")):
        linker.training.estimate_parameters_using_expectation_maximisation(block_on(*rule))
