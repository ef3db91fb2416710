"""The folder that holds everything of an installation: its key, its database, its files. Nothing of it is shared."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

KEY_BYTES = 48


@dataclass(frozen=True)
class DataFolder:
    """Where things lie in it; only `prepare` writes."""

    path: Path

    @classmethod
    def of_environment(cls) -> DataFolder:
        return cls(Path(os.environ.get("ORIENTIR_DATA", "orientir-data")).absolute())

    @property
    def key_file(self) -> Path:
        return self.path / "secret_key"

    @property
    def database(self) -> Path:
        return self.path / "orientir.sqlite3"

    @property
    def lock_file(self) -> Path:
        """Held while somebody works in the folder (occupied.py)."""
        return self.path / "serving.lock"

    @property
    def static(self) -> Path:
        return self.path / "static"

    @property
    def files(self) -> Path:
        """Uploaded evidence; never served as it lies."""
        return self.path / "files"

    @property
    def messages(self) -> Path:
        return self.path / "locale"

    def prepare(self) -> None:
        """Readable by its owner alone; the key is made once and never replaced."""
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.path.chmod(0o700)
        for inner in (self.static, self.files, self.messages):
            inner.mkdir(mode=0o700, exist_ok=True)
        if not self.key_file.exists():
            # Created with its mode: a key that is readable for a moment has been read.
            handle = os.open(self.key_file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w", encoding="ascii") as file:
                file.write(secrets.token_urlsafe(KEY_BYTES))

    @property
    def key(self) -> str:
        """A key that lives as long as the process where there is none: never a default that others know."""
        if self.key_file.is_file():
            return self.key_file.read_text(encoding="ascii").strip()
        return secrets.token_urlsafe(KEY_BYTES)
