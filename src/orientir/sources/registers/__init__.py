"""Registers and exports: files of many makes -> rows of the package's tables. One module for each register."""
