"""The least that a command line of this size costs: Typer, as many commands, no code behind them."""

import typer

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
for name in ("demo", "report", "check", "compute", "why", "version", "programme"):

    @app.command(name)
    def command(package: str, period: str = "2021/22", out: str = "out") -> None:
        """Do something."""


if __name__ == "__main__":
    app()
