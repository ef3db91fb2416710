"""Registers and exports: files of many makes -> rows of the package's tables. One module for each register."""

from orientir.sources.registers.importing import import_registers
from orientir.sources.registers.result import RefusedFile, RegisterFile, RegisterImport

__all__ = ["RefusedFile", "RegisterFile", "RegisterImport", "import_registers"]
