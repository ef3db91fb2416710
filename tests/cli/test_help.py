"""Help in the language of the locale; what is wrong with a command is said in it too."""

from __future__ import annotations

import pytest

RUSSIAN, ENGLISH = "ru_RU.UTF-8", "C"


@pytest.mark.parametrize(
    ("locale", "said"),
    [
        (
            RUSSIAN,
            "1 — готово, но в данных (check) или в чужом отчёте (audit) ошибки или противоречия,",
        ),
        (
            ENGLISH,
            "Exit codes: 0 done, 1 done with issues in the data (check) or the report (audit),",
        ),
    ],
)
def test_help_tells_the_exit_codes(run_apart, locale, said):
    done = run_apart("--help", LANG=locale)
    assert done.code == 0
    assert said in " ".join(done.out.split())


def test_every_word_of_the_help_is_in_russian(run_apart):
    told = run_apart("report", "--help", LANG=RUSSIAN).out
    assert "Использование: orientir report [ПАРАМЕТРЫ]" in told and "Показать эту справку." in told
    for english in ("Usage", "Options", "Arguments", "OPTIONS", "required", "default:", "Show this"):
        assert english not in told


def test_a_slip_in_the_command_is_told_in_russian(run_apart):
    done = run_apart("repotr", LANG=RUSSIAN)
    assert (done.code, done.out) == (2, "")
    guesses = "Возможно, имелось в виду «report», «restore», «records»."
    expected = f"orientir: команды «repotr» нет. {guesses}\nСправка: orientir --help\n"
    assert done.err == expected


def test_no_command_shows_the_help(run):
    done = run()
    assert done.code == 2
    assert "demo" in done.out


@pytest.mark.parametrize(
    "arguments",
    [
        ["repotr"],
        ["check"],
        ["check", "kemerovo"],
        ["check", "kemerovo", "--period"],
        ["check", "kemerovo", "--periode", "2021/22"],
        ["version", "now"],
        ["programme", "chek", "x"],
    ],
)
def test_slips_in_the_command_are_the_users_mistake(run, arguments):
    done = run(*arguments)
    assert done.code == 2
    assert done.err.startswith("orientir") and "--help" in done.err


def test_slips_have_russian_words(monkeypatch):
    from orientir import command_words

    monkeypatch.setattr(command_words, "IS_RUSSIAN", True)
    said = {
        "Missing argument 'package'.": "не указан аргумент «package».",
        "Missing option '--period'.": "не указан параметр --period.",
        "No such option: --x (Possible options: --y)": "параметра --x нет. Возможно, имелось в виду: --y.",
        "No such option: --x": "параметра --x нет.",
        "Got unexpected extra argument(s) (now)": "лишнее в команде: now.",
        "Option '--out' requires an argument.": "у параметра --out нет значения.",
    }
    told = {message: command_words.usage_mistake(message, "orientir").splitlines()[0] for message in said}
    assert told == {message: f"orientir: {russian}" for message, russian in said.items()}
