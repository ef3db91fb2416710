"""Servers of their own for a measurement: PostgreSQL and a Spark master with its workers, gone when it is over."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

PATIENCE = 60  # seconds for a server to answer
POSTGRES_OPTIONS = (
    "fsync = off", "synchronous_commit = off", "full_page_writes = off", "shared_buffers = 1GB",
    "max_wal_size = 4GB", "unix_socket_directories = ''", "listen_addresses = '127.0.0.1'",
)  # fmt: skip


@contextmanager
def postgres_server() -> Iterator[int]:
    """Its port; the user is `bench`, without a password, the database `postgres`."""
    binaries = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    if not binaries:
        raise FileNotFoundError("PostgreSQL is not installed: tools/install_system.sh installs it")
    port = free_port()
    with _folder_of_postgres() as folder:
        data = folder / "data"
        _as_postgres([str(binaries[-1] / "initdb"), "--pgdata", str(data), "--username", "bench", "--auth", "trust",
                      "--no-sync", "--encoding", "UTF8", "--locale", "C"])  # fmt: skip
        with (data / "postgresql.conf").open("a") as settings:
            settings.writelines(f"{line}\n" for line in (*POSTGRES_OPTIONS, f"port = {port}"))
        control = [str(binaries[-1] / "pg_ctl"), "--pgdata", str(data), "--wait"]
        _as_postgres([*control, "--log", str(folder / "log"), "start"])
        try:
            yield port
        finally:
            _as_postgres([*control, "--mode", "immediate", "stop"])


@contextmanager
def _folder_of_postgres() -> Iterator[Path]:
    """The server refuses to be run by root, and to have its files read by others."""
    folder = Path(tempfile.mkdtemp(prefix="bench-postgres-"))
    try:
        if os.getuid() == 0:
            shutil.chown(folder, "postgres")
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _as_postgres(command: Sequence[str]) -> None:
    other = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
    # Its log goes to a file; a pipe would be kept open by the server.
    subprocess.run([*other, *command], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/")


@contextmanager
def spark_master(workers: int, cores: int, memory: str = "3g") -> Iterator[str]:
    """The address of a standalone master that has so many workers of so many cores each."""
    import pyspark

    home = Path(pyspark.__file__).parent
    port = free_port()
    running: list[subprocess.Popen[bytes]] = []
    environment = {
        **os.environ,
        "SPARK_HOME": str(home),
        "PYSPARK_PYTHON": sys.executable,
        "SPARK_LOCAL_IP": "127.0.0.1",
    }
    address = f"spark://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory(prefix="bench-spark-") as folder:

        def start(*arguments: str) -> None:
            command = [str(home / "bin" / "spark-class"), *arguments]
            nowhere = subprocess.DEVNULL
            running.append(subprocess.Popen(command, env=environment, cwd=folder, stdout=nowhere, stderr=nowhere))

        try:
            start(
                "org.apache.spark.deploy.master.Master",
                "--host",
                "127.0.0.1",
                "--port",
                str(port),
                "--webui-port",
                str(free_port()),
            )
            wait_for(port)
            for _ in range(workers):
                start("org.apache.spark.deploy.worker.Worker", "--host", "127.0.0.1", "--webui-port", str(free_port()),
                      "--cores", str(cores), "--memory", memory, "--work-dir", folder, address)  # fmt: skip
            yield address
        finally:
            for process in running:
                process.terminate()
            for process in running:
                process.wait()


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def wait_for(port: int) -> None:
    """Raises TimeoutError where nobody listens in time."""
    last = time.monotonic() + PATIENCE
    while time.monotonic() < last:
        with socket.socket() as one:
            if one.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise TimeoutError(f"nothing listens on port {port}")
