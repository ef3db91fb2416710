"""Indicators: numerator and denominator in every place and period, with coverage and the way back to the facts."""
