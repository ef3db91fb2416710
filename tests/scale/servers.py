"""Real servers for tests and measurements, on free ports of this machine, stopped afterwards."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pyspark

INSTALL = "run tools/install_system.sh: it installs what is missing, or says what to run"
_PATIENCE = 60  # seconds for a server to begin to listen
_LONG = 600  # for PostgreSQL, which reads its disk first: on a crowded machine a minute was too little


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


@contextmanager
def postgres_server(*settings: str) -> Iterator[str]:
    """The address of a cluster of its own, which forgets everything; `settings` are «name=value»."""
    programs, port = _postgres_programs(), free_port()
    # Not a folder of the tests: the server's user must reach it.
    home = Path(tempfile.mkdtemp(prefix="orientir-postgres-"))
    if _is_root():
        shutil.chown(home, "postgres")
    told = " ".join(f"-c {one}" for one in ("shared_buffers=64MB", "max_connections=20", *settings))
    options = f"-F -h 127.0.0.1 -p {port} -k {home} {told}"
    control = [programs / "pg_ctl", "-D", home / "data", "-w", "-t", str(_LONG)]
    try:
        # With passwords, so that a wrong one is refused.
        (home / "password").write_text("secret", encoding="utf-8")
        (home / "password").chmod(0o644)  # whatever this process lets others read
        _run([programs / "initdb", "-D", home / "data", "-U", "postgres", "-A", "scram-sha-256", "--no-sync",
              "--pwfile", home / "password", "-E", "UTF8", "--locale", "C"], home)  # fmt: skip
        _run([*control, "-l", home / "log", "-o", options, "start"], home)
        try:
            yield f"postgresql://postgres:secret@127.0.0.1:{port}/postgres"
        finally:
            _run([*control, "-m", "immediate", "stop"], home)
    finally:
        shutil.rmtree(home)


def _postgres_programs() -> Path:
    """The folder of initdb and pg_ctl."""
    told = shutil.which("pg_config")
    named = [Path(_run([told, "--bindir"], Path.cwd()).strip())] if told else []
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: -int(path.parent.name))
    for folder in (*named, *installed):
        if (folder / "initdb").is_file():
            return folder
    raise RuntimeError(f"PostgreSQL is not installed: {INSTALL}")


def _is_root() -> bool:
    return os.geteuid() == 0


def _run(command: Sequence[str | Path], folder: Path) -> str:
    """PostgreSQL refuses to be run by root."""
    as_other = ["runuser", "-u", "postgres", "--"] if _is_root() and "pg_config" not in str(command[0]) else []
    # Its output goes to a file: a server that stays would hold a pipe open for ever.
    with tempfile.TemporaryFile() as told:
        done = subprocess.run([*as_other, *command], cwd=folder, stdout=told, stderr=subprocess.STDOUT, check=False)
        told.seek(0)
        text = told.read().decode(errors="replace")
    if done.returncode:
        raise RuntimeError(f"{command[0]} failed: {text}")
    return text


@contextmanager
def spark_cluster(workers: int = 1, cores: int = 1, memory: str = "2g") -> Iterator[str]:
    """The address of a standalone master with so many workers of so many cores and so much memory each."""
    check_java()
    port = free_port()
    master = f"spark://127.0.0.1:{port}"
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="orientir-spark-")))
        common = ["--host", "127.0.0.1", "--webui-port", "0"]
        stack.enter_context(_daemon("master.Master", [*common, "--port", str(port)], home))
        _wait_for(port, home)
        # Memory that is promised, not taken: the executor asks for less.
        worker = [*common, "--cores", str(cores), "--memory", memory, "--work-dir", str(home / "work"), master]
        for _ in range(workers):
            stack.enter_context(_daemon("worker.Worker", worker, home))
        yield master


def check_java() -> None:
    home = os.environ.get("JAVA_HOME")
    if not shutil.which("java") and not (home and (Path(home) / "bin" / "java").is_file()):
        raise RuntimeError(f"Java is not installed: {INSTALL}")


@contextmanager
def _daemon(name: str, arguments: Sequence[str], home: Path) -> Iterator[None]:
    folder = Path(pyspark.__file__).parent
    command = [str(folder / "bin" / "spark-class"), f"org.apache.spark.deploy.{name}", *arguments]
    environment = os.environ | {
        "SPARK_HOME": str(folder), "SPARK_DAEMON_MEMORY": "256m", "SPARK_LOCAL_IP": "127.0.0.1",
        "PYSPARK_PYTHON": sys.executable,
    }  # fmt: skip
    with (home / f"{name}.log").open("ab") as log:
        process = subprocess.Popen(command, cwd=home, env=environment, stdout=log, stderr=subprocess.STDOUT)
    try:
        yield
    finally:
        process.terminate()
        process.wait(_PATIENCE)


def _wait_for(port: int, home: Path) -> None:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.1)
    told = "\n".join(log.read_text(errors="replace") for log in home.glob("*.log"))
    raise RuntimeError(f"the Spark master does not listen: {told}")
