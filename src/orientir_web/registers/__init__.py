"""Registers: events, agreements, workplaces, consultations, open days, kept row by row or imported.

What a register is made of, how its cells are read and what is wrong with them is said by the core
(`orientir.sources.registers`); nothing of it is repeated here.
"""
