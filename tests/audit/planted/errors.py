"""All plants by the code of the rule that should find them."""

from __future__ import annotations

from audit.planted import errors_events, errors_populations, errors_shares, errors_structure, errors_text
from audit.planted.changing import Plant

_MODULES = (errors_populations, errors_shares, errors_text, errors_structure, errors_events)

PLANTS: dict[str, Plant] = {
    name.removeprefix("plant_").replace("_", "-"): plant
    for module in _MODULES
    for name, plant in vars(module).items()
    if name.startswith("plant_")
}

FIRST = ("cohort-implausible", "series-break", "jump-unexplained", "small-numbers-published")
"""Change the world itself, so they come before the plants that change what is printed of it."""
