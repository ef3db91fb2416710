"""The 22 indicators in SQL for Spark, written by hand: cells are kept in memory, then counted once for every grouping.

`python -m benchmarks.reference.records_spark PACKAGE OUT [MASTER]` writes OUT/values.parquet.
"""

from __future__ import annotations

import sys
from pathlib import Path

from pyspark.sql import SparkSession

from benchmarks.reference.records_sql import NEAR, PROFILE, SPECIALTY, cells, crossed

FACTS = ("enrolment", "participation", "exam", "admission")
DIMENSIONS = ("dim_school", "dim_specialty", "dim_group_subject")
SETTINGS = {
    # As many parts as processors twice over: a region is small, and each part costs a task.
    "spark.sql.shuffle.partitions": "4",
    "spark.sql.sources.partitionColumnTypeInference.enabled": "true",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.ui.enabled": "false",
    "spark.log.level": "ERROR",
}


def session(master: str = "local[2]") -> SparkSession:
    builder = SparkSession.builder.master(master).appName("by hand")
    for name, value in SETTINGS.items():
        builder = builder.config(name, value)
    return builder.getOrCreate()


def compute(spark: SparkSession, folder: Path, out: Path) -> None:
    """Writes the folder out/values.parquet."""
    for table in FACTS:
        spark.read.parquet(str(folder / "records" / table)).createOrReplaceTempView(table)
    for table in DIMENSIONS:
        spark.read.parquet(str(folder / "records" / f"{table}.parquet")).createOrReplaceTempView(table)
    for name, query in (("near", NEAR), ("specialty", SPECIALTY), ("profile", PROFILE)):
        query = query.format(groups="dim_group_subject", specialties="dim_specialty")
        spark.sql(query).createOrReplaceTempView(name)
    query = cells({table: table for table in FACTS}, "bit_count(done)", True, "year")
    spark.sql(query).createOrReplaceTempView("cells")
    result = spark.sql(crossed("cells", "dim_school"))
    result.write.mode("overwrite").parquet(str(out / "values.parquet"))


if __name__ == "__main__":
    compute(session(*sys.argv[3:]), Path(sys.argv[1]), Path(sys.argv[2]))
