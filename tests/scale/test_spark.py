"""What Spark lacks is told plainly, before anything is started."""

import importlib
import sys

import pytest

from orientir.engines.records import spark
from orientir.errors import UserError
from scale.servers import free_port


def test_no_java(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    with pytest.raises(UserError, match=r"нет Java.*Установите Java 17"):
        spark.SparkEngine()


def test_no_library(monkeypatch):
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    monkeypatch.delitem(sys.modules, spark.__name__)
    with pytest.raises(UserError, match=r"pyspark не установлена.*orientir\[scale\]"):
        importlib.import_module(spark.__name__)


def test_no_master():
    with pytest.raises(UserError, match="мастер не отвечает"):
        spark.SparkEngine(f"spark://127.0.0.1:{free_port()}")


@pytest.mark.parametrize("address", ["127.0.0.1:7077", "http://127.0.0.1:7077", "spark://"])
def test_no_address(address):
    with pytest.raises(UserError, match="это не адрес Spark"):
        spark.SparkEngine(address)
