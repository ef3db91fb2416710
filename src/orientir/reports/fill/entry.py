"""What is to be written into one cell, and how a number is written where the cell says nothing of it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from orientir.presentation import bare_share, number, rounded, share


@dataclass(frozen=True)
class Entry:
    """A text, a number, or nothing: then what stood in the cell goes. A share is from 0 to 1, never rounded here."""

    place: str
    address: str
    number: Decimal | None = None
    text: str = ""
    is_share: bool = False
    decimals: int = 0

    @property
    def figure(self) -> Decimal | None:
        """The number as a cell without a per cent format holds it: a share is rounded in per cent."""
        if self.number is None or not self.is_share:
            return self.number
        return rounded(self.number * 100, self.decimals)

    def printed(self, bare: bool = False) -> str:
        """As it is read; `bare` where a heading names the per cent already."""
        if self.number is None:
            return self.text
        if self.is_share:
            return bare_share(self.number, self.decimals) if bare else share(self.number, self.decimals)
        return number(self.number, 0 if self.number == int(self.number) else 1)
