"""`make bench-scale`: the engine at the scale of a district, a region, a country. Exit code 1 if a bar is missed.

SCALE=district or SCALE=region stops there; ORIENTIR_BENCH_DATA names a folder for the data.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator

from benchmarks.scale.by_records import adding, country, district, region
from benchmarks.scale.by_servers import postgres, spark
from benchmarks.scale.by_values import values
from benchmarks.scale.document import write_page
from benchmarks.told import Bar, summary

MEASURES: dict[str, tuple[Callable[[], Iterator[Bar]], ...]] = {
    "district": (district,),
    "region": (region, postgres, spark),
    "country": (country, adding, values),
}


def main(last: str) -> int:
    if last not in MEASURES:
        sys.stderr.write(f"SCALE is one of {', '.join(MEASURES)}, not {last}\n")
        return 2
    scales = list(MEASURES)[: list(MEASURES).index(last) + 1]
    bars: list[Bar] = []
    failed: list[str] = []
    for measure in (measure for scale in scales for measure in MEASURES[scale]):
        try:
            for bar in measure():
                sys.stdout.write(f"{bar}\n")
                sys.stdout.flush()
                bars.append(bar)
        except (subprocess.CalledProcessError, AssertionError, OSError) as error:
            # The others are measured all the same; a failure is told, and is never a success.
            failed.append(f"{measure.__name__}: {str(error).splitlines()[0][:200]}")
            sys.stderr.write(f"{failed[-1]}\n")
    if not write_page(scales, bars, failed):
        sys.stdout.write("the page of a larger measurement stays as it is\n")
    sys.stdout.write(summary(bars) + (f"; not measured: {len(failed)}" if failed else "") + "\n")
    return 1 if failed or not all(bar.is_met for bar in bars) else 0


sys.exit(main(os.environ.get("SCALE") or "country"))
