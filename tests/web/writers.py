"""Programs that save numbers into forms, each into its own, and know afterwards what must be stored."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path

from web.running import Field, Program, School, environment

CELLS = 6


@dataclass
class Writer:
    """Saves numbers into the cells of one form; `said` is what was acknowledged last, `sent` what was not yet."""

    school: School
    codes: tuple[str, ...]
    chance: random.Random
    said: dict[str, tuple[int, int]] = field(default_factory=dict)
    sent: dict[str, int] = field(default_factory=dict)
    saves: int = 0

    def save(self, program: Program) -> None:
        """Whatever happens on the way, what was sent and not answered is remembered."""
        code = self.chance.choice(self.codes)
        version, before = self.said.get(code, (0, 0))
        number = before + self.chance.randint(1, 1000)  # never the same: that would be no change
        self.sent[code] = number
        outcome, now = program.save(self.school.submission, code, str(number), version)
        assert (outcome, now) == ("saved", version + 1)
        self.said[code] = (now, number)
        del self.sent[code]
        self.saves += 1

    def check(self, program: Program) -> None:
        """Each cell is what was acknowledged, or what was on its way then, which is acknowledged by this."""
        stored = program.cells(self.school.submission)
        for code in self.codes:
            cell, (version, number) = stored[code], self.said.get(code, (0, 0))
            now = (cell["version"], int(cell["value"] or 0))
            on_its_way = (version + 1, self.sent[code]) if code in self.sent else None
            assert now in ((version, number), on_its_way), (code, now, version, number, on_its_way)
            if now != (0, 0):
                self.said[code] = now
        self.sent.clear()


def writers_of(made: Field, seed: int = 0) -> list[Writer]:
    return [Writer(school, made.codes[:CELLS], random.Random(seed + n)) for n, school in enumerate(made.schools)]


def write_together(port: int, writers: list[Writer], saves: int) -> list[str]:
    """Each from a thread and over a connection of its own. What failed."""
    failed: list[str] = []

    def write(writer: Writer) -> None:
        try:
            with Program(port, writer.school.key) as program:
                for _ in range(saves):
                    writer.save(program)
        except Exception as error:
            failed.append(repr(error))

    threads = [threading.Thread(target=write, args=[writer]) for writer in writers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return failed


def check_stored(data: Path, address: str, saves: int | None = None) -> None:
    """From within: history and cells agree, counts are right, the journal is whole and knows every save."""
    command = [sys.executable, "-m", "web.stored", str(data)]
    done = subprocess.run(command, env=environment(address), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    assert not told["faults"], told["faults"]
    assert saves is None or told["changes"] == told["journal"] == saves
