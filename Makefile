# make serve | make test | make bench: each sets up .venv first if it is not there yet.
PYTHON ?= python3
PY = .venv/bin/python
PORT ?= 8001
REPORTS ?= data/reports

.PHONY: serve test lint release bench setup lock clean always

setup: .venv/ready

.venv/ready: requirements.lock pyproject.toml
	@echo "== setting up .venv with the pinned dependencies (once) =="
	$(PYTHON) -m venv .venv
	.venv/bin/pip install --quiet --disable-pip-version-check -r requirements.lock
	.venv/bin/pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

portal.db: .venv/ready build.py $(shell find parsers portal data -type f -not -name '*.pyc')
	@echo "== building portal.db from $(REPORTS) =="
	$(PY) build.py $(REPORTS) --db portal.db

ifneq ($(origin REPORTS),file)
portal.db: always  # folders asked for by name are built from, however new the database is
always:
endif

serve: portal.db
	@echo "== serving on http://127.0.0.1:$(PORT)/ (Ctrl-C stops) =="
	.venv/bin/datasette . --host 127.0.0.1 --port $(PORT)

test: .venv/ready lint
	@echo "== tests: browser and office programs are installed where this may be done =="
	@sh tests/install-programs.sh
	$(PY) -m pytest

lint: .venv/ready
	@echo "== ruff, mypy and the rules of imports =="
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports

release: portal.db .venv/release-ready
	@echo "== writing a release of portal.db under dist/ =="
	$(PY) -m portal.publish.release portal.db dist

.venv/release-ready: .venv/ready requirements-release.lock
	@echo "== setting up what a release is written with (once) =="
	.venv/bin/pip install --quiet --disable-pip-version-check -r requirements-release.lock
	@touch $@

bench: .venv/bench-ready
	$(PY) -m bench

.venv/bench-ready: .venv/ready requirements-bench.lock
	@echo "== setting up the peers that the benchmarks run beside ours (once) =="
	.venv/bin/pip install --quiet --disable-pip-version-check -r requirements-bench.lock
	@touch $@

COMPILE = .venv/bin/pip-compile --quiet --strip-extras --no-header --no-emit-index-url --no-emit-find-links
lock: .venv/ready
	.venv/bin/pip install --quiet --disable-pip-version-check pip-tools
	$(COMPILE) --extra dev --output-file requirements.lock pyproject.toml
	$(COMPILE) --generate-hashes --allow-unsafe --constraint requirements.lock --output-file requirements-run.lock pyproject.toml
	$(COMPILE) --extra release --constraint requirements.lock --output-file requirements-release.lock pyproject.toml
	$(COMPILE) --extra dev --extra bench --constraint requirements.lock --output-file requirements-bench.lock pyproject.toml

clean:
	rm -rf .venv portal.db
