"""The same indicators inside PostgreSQL and on a Spark cluster: our text against SQL written by hand, at a region."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from benchmarks.audit import TESTS
from benchmarks.scale.by_records import Jobs, in_turn
from benchmarks.told import Bar, ratio

sys.path.insert(0, str(TESTS))

from scale.servers import postgres_server, spark_cluster

ROUNDS, WARM = 3, 1
POSTGRES = ("synchronous_commit=off", "full_page_writes=off", "shared_buffers=1GB", "max_wal_size=4GB")


def postgres() -> Iterator[Bar]:
    """The first run of each process, which finds or puts the tables there, is not counted."""
    with postgres_server(*POSTGRES) as address:
        jobs: Jobs = {
            "PostgreSQL": ("ours", {"engine": "postgres", "address": address}),
            "by hand": ("postgres", {"address": address}),
        }
        found = in_turn("region", jobs, ROUNDS, warm=2)
    ours, by_hand = ([run.seconds for run in runs] for runs in found.values())
    yield ratio("PostgreSQL, time", "SQL by hand", ours, by_hand, 1.15, scale="region")


def spark() -> Iterator[Bar]:
    """The session is begun and the first run is done before; two workers share what one had."""
    for workers, cores in ((1, 2), (2, 1)):
        with spark_cluster(workers, cores, "3g") as address:
            jobs: Jobs = {"Spark": ("ours_on_spark", {"address": address}), "by hand": ("spark", {"address": address})}
            found = in_turn("region", jobs, ROUNDS, WARM)
        ours, by_hand = ([run.seconds for run in runs] for runs in found.values())
        told = f"Spark, {workers} worker{'s' if workers > 1 else ''}, time"
        yield ratio(told, "SQL by hand", ours, by_hand, 1.15, scale="region")
