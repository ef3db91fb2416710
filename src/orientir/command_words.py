"""The language of the command line, and what Typer itself says in it.

What the commands say of themselves stands beside them in cli.py.
"""

from __future__ import annotations

import os
import re
from typing import Any

from typer.core import TyperCommand, TyperGroup

IS_RUSSIAN = next(
    (os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), ""
).lower().startswith("ru")  # fmt: skip


def tr(russian: str, english: str) -> str:
    """The text in the language of the user's locale."""
    return russian if IS_RUSSIAN else english


_HELP_WORDS = {
    "ARGUMENTS_PANEL_TITLE": "Аргументы",
    "OPTIONS_PANEL_TITLE": "Параметры",
    "COMMANDS_PANEL_TITLE": "Команды",
    "DEFAULT_STRING": "[по умолчанию: {}]",
    "REQUIRED_LONG_STRING": "[обязательно]",
}
_USAGE_WORDS = {"[OPTIONS]": "[ПАРАМЕТРЫ]", "COMMAND [ARGS]...": "КОМАНДА [АРГУМЕНТЫ]..."}


class _Worded:
    """Help in Russian; mixed into the classes of Typer."""

    def get_help_option(self, ctx: Any) -> Any:
        option = super().get_help_option(ctx)  # type: ignore[misc]
        option.help = "Показать эту справку."
        return option

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        pieces = [_USAGE_WORDS.get(piece, piece) for piece in self.collect_usage_pieces(ctx)]  # type: ignore[attr-defined]
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix="Использование: ")

    def format_help(self, ctx: Any, formatter: Any) -> None:
        from typer import rich_utils

        for name, word in _HELP_WORDS.items():
            setattr(rich_utils, name, word)
        super().format_help(ctx, formatter)  # type: ignore[misc]


class _RussianGroup(_Worded, TyperGroup):
    pass


class _RussianCommand(_Worded, TyperCommand):
    pass


GROUP: type[TyperGroup] = _RussianGroup if IS_RUSSIAN else TyperGroup
COMMAND: type[TyperCommand] = _RussianCommand if IS_RUSSIAN else TyperCommand

_MISTAKES = (
    (r"Missing argument '(.+)'\.", r"не указан аргумент «\1»."),
    (r"Missing option '(.+)'\.", r"не указан параметр \1."),
    (r"No such option: (\S+) \(Possible options: (.+)\)", r"параметра \1 нет. Возможно, имелось в виду: \2."),
    (r"No such option: (\S+)", r"параметра \1 нет."),
    (r"No such command '(.+?)'\. Did you mean '(.+)'\?", r"команды «\1» нет. Возможно, имелось в виду «\2»."),
    (r"No such command '(.+)'\.", r"команды «\1» нет."),
    (r"Missing command\.", r"не указана команда."),
    (r"Got unexpected extra argument\(s\) \((.+)\)", r"лишнее в команде: \1."),
    (r"Option '(.+)' requires an argument\.", r"у параметра \1 нет значения."),
    (r"Option '(.+)' does not take a value\.", r"параметр \1 пишется без значения."),
)


def usage_mistake(message: str, command: str) -> str:
    """A mistake in the command itself, with the way to its help."""
    if IS_RUSSIAN:
        for said, told in _MISTAKES:
            if match := re.fullmatch(said, message):
                message = match.expand(told).replace("', '", "», «")
                break
    help_line = tr("Справка", "Help")
    return f"{command}: {message}\n{help_line}: {command} --help\n"
