# Everything one does with Orientir, one word each. `make help` lists it.

.DEFAULT_GOAL := help
.PHONY: help venv demo test test-long check bench bench-scale bench-web lock clean

VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed

# The first of these that is new enough makes the environment; another one is named so: make venv PYTHON=/path/to/python
# Asked for its base, because the Python of an activated .venv is removed together with it.
PYTHON ?= python3 python3.14 python3.13 python3.12 python3.11
ASK := import sys; sys.version_info >= (3, 11) or sys.exit(1); print(sys._base_executable)
BASE = $(shell for one in $(PYTHON); do "$$one" -c '$(ASK)' 2>/dev/null && break; done)

UV := $(shell command -v uv 2>/dev/null)

help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

venv: $(INSTALLED)  ## the virtual environment in .venv, with the pinned libraries

# The stamp is written last: an environment without it was interrupted, and is made anew.
$(INSTALLED): requirements.lock pyproject.toml
	@test -n "$(BASE)" || { \
		echo "Orientir needs Python 3.11 or newer. Install it, or name it: make venv PYTHON=/path/to/python" >&2; exit 1; }
	@rm -rf $(VENV)
ifdef UV
	@uv venv --quiet --python "$(BASE)" $(VENV)
	@uv pip sync --quiet --compile-bytecode --python $(BIN)/python --require-hashes requirements.lock
	@uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
else
	@"$(BASE)" -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements.lock
	@$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
endif
	@touch $@

demo: venv  ## make the example report and say where it lies
	@$(BIN)/orientir demo

test: venv  ## run all tests but the long ones
	@tools/install_system.sh
	@$(BIN)/python -m pytest -n auto --dist loadgroup -m "not long"

test-long: venv  ## walk whole campaigns and every page in a browser, kill the server, ask the API at random
	@tools/install_system.sh
	@$(BIN)/python -m pytest -n auto --dist loadgroup -m long

check: venv  ## style, types and the walls between packages
	@$(BIN)/ruff check --quiet
	@$(BIN)/ruff format --check --quiet
	@told=$$($(BIN)/lint-imports --no-logo) || { echo "$$told"; exit 1; }
	@$(BIN)/mypy --no-error-summary

bench: venv  ## measure speed and memory
	@$(BIN)/python -m benchmarks

bench-scale: venv  ## measure records of a district, a region, a country (SCALE= the last of them)
	@tools/install_system.sh
	@$(BIN)/python -m benchmarks.scale

bench-web: venv  ## measure the web application, and kill it fifty times
	@tools/install_system.sh
	@$(BIN)/python -m benchmarks.web; bars=$$?; \
		ORIENTIR_CRASHES=50 $(BIN)/python -m pytest tests/web/test_crashes.py && exit $$bars

lock:  ## choose the versions of the libraries anew (needs uv)
	@uv pip compile pyproject.toml --quiet --extra dev --universal --python-version 3.11 --generate-hashes \
		--no-header --no-annotate -o requirements.lock

clean:  ## remove what make has made; reports in out/ stay
	@rm -rf $(VENV) build dist .pytest_cache .ruff_cache .mypy_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
