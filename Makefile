# make serve | make serve-many | make quick | make test | make bench: each sets up .venv first if it is not there yet.
PYTHON ?= python3
PY = .venv/bin/python
PORT ?= 8001
REPORTS ?= data/reports
ACCEPT ?=  # --accept publishes also what holds much less or much more than portal.db

.PHONY: serve serve-many quick test programs lint release setup-release setup-ocr setup-cluster bench bench-scale setup lock clean always

setup: .venv/ready

# uv installs in a tenth of the time of pip, which does the same where uv cannot be had, or where only pip is told where packages lie.
PIP = .venv/bin/pip install --quiet --disable-pip-version-check
install = $(PIP) uv && .venv/bin/uv pip install --quiet --compile-bytecode --python .venv/bin/python $(1) || $(PIP) $(1)

.venv/ready: requirements.lock pyproject.toml
	@echo "== setting up .venv with the pinned dependencies (once) =="
	@$(PYTHON) -m venv .venv
	@$(call install,-r requirements.lock)
	@$(call install,--no-deps --editable .)
	@touch $@

portal.db: .venv/ready build.py $(shell find parsers portal data -type f -not -name '*.pyc')
	@echo "== building portal.db from $(REPORTS) =="
	$(PY) build.py $(REPORTS) --db portal.db $(ACCEPT)

ifneq ($(origin REPORTS),file)
portal.db: always  # folders asked for by name are built from, however new the database is
always:
endif

serve: portal.db
	@echo "== serving on http://127.0.0.1:$(PORT)/ (Ctrl-C stops) =="
	.venv/bin/datasette . --host 127.0.0.1 --port $(PORT)

serve-many: portal.db
	@echo "== serving on http://127.0.0.1:$(PORT)/ in as many processes as there are processors (Ctrl-C stops) =="
	$(PY) -m portal.serve.many . --host 127.0.0.1 --port $(PORT)

# The programs that the tests start find our modules compiled, whatever the environment says.
test quick: export PYTHONDONTWRITEBYTECODE =
test:
	@$(MAKE) --no-print-directory --jobs 2 .venv/test-ready programs
	@$(MAKE) --no-print-directory lint
	$(PY) -m pytest $(SPREAD)

# All that tests use by one command of pip, while the browser and the office programs are installed, where this may be done.
.venv/test-ready: requirements.lock requirements-release.lock requirements-ocr.lock requirements-cluster.lock pyproject.toml
	@echo "== setting up .venv with the pinned dependencies, those of releases, scans and clusters too (once) =="
	@$(PYTHON) -m venv .venv
	@$(call install,$(patsubst %,-r %,$(filter %.lock,$^)))
	@$(call install,--no-deps --editable .)
	@touch .venv/ready .venv/release-ready .venv/ocr-ready .venv/cluster-ready $@

programs:
	@sh tests/install-programs.sh

# For every small step: what reads words, labels, names and headings, one sample of each layout, and builds a database of them.
QUICK = tests/test_imports.py tests/test_templates.py tests/test_samples.py tests/test_doctests.py tests/parsers/printed tests/parsers/form \
  tests/parsers/identity tests/parsers/indicators tests/parsers/narrative/test_sections.py tests/parsers/test_reading.py tests/portal/build/test_build.py
quick: .venv/ready lint
	$(PY) -m pytest $(SPREAD) $(QUICK)

# Over the cores; tests that need the site or the browser stay together (tests/conftest.py). The last line says how long it took.
SPREAD = --numprocesses auto --maxprocesses 4 --dist loadgroup

lint: .venv/ready
	@echo "== ruff, mypy and the rules of imports =="
	@start=$$(date +%s) && set -x && .venv/bin/ruff check . && .venv/bin/ruff format --check . && .venv/bin/mypy && .venv/bin/lint-imports \
	  && { set +x; } 2>/dev/null && echo "== lint took $$(($$(date +%s) - start)) seconds =="

setup-release: .venv/release-ready

release: portal.db .venv/release-ready
	@echo "== writing a release of portal.db under dist/ =="
	$(PY) -m portal.publish.release portal.db dist

.venv/release-ready: .venv/ready requirements-release.lock
	@echo "== setting up what a release is written with (once) =="
	@$(call install,-r requirements-release.lock)
	@touch $@

# Reads scans and pictures; without it they are refused with this command.
setup-ocr: .venv/ocr-ready

.venv/ocr-ready: .venv/ready requirements-ocr.lock
	@echo "== setting up what scans and pictures are read with (once) =="
	@$(call install,-r requirements-ocr.lock)
	@touch $@

# Reads documents on other machines: build.py --cluster ADDRESS. The workers' machines need it too.
setup-cluster: .venv/cluster-ready

.venv/cluster-ready: .venv/ready requirements-cluster.lock
	@echo "== setting up what speaks to a Dask cluster (once) =="
	@$(call install,-r requirements-cluster.lock)
	@touch $@

bench: .venv/bench-ready
	$(PY) -m bench

# Documents a second here and on a cluster; what builds of so many made-up DOCUMENTS cost, and after one change: DOCUMENTS="2000 20000".
bench-scale: .venv/ready .venv/cluster-ready
	BENCH_SCALE="$(or $(DOCUMENTS),2000 20000)" $(PY) -m bench readers scale

.venv/bench-ready: .venv/ready requirements-bench.lock
	@echo "== setting up the peers that the benchmarks run beside ours (once) =="
	@$(call install,-r requirements-bench.lock)
	@touch $@

COMPILE = .venv/bin/pip-compile --quiet --strip-extras --no-header --no-emit-index-url --no-emit-find-links
lock: .venv/ready
	$(PIP) pip-tools
	$(COMPILE) --extra dev --output-file requirements.lock pyproject.toml
	$(COMPILE) --generate-hashes --allow-unsafe --constraint requirements.lock --output-file requirements-run.lock pyproject.toml
	$(COMPILE) --extra release --constraint requirements.lock --output-file requirements-release.lock pyproject.toml
	$(COMPILE) --extra ocr --constraint requirements.lock --output-file requirements-ocr.lock pyproject.toml
	$(COMPILE) --extra cluster --constraint requirements.lock --output-file requirements-cluster.lock pyproject.toml
	$(COMPILE) --extra dev --extra bench --constraint requirements.lock --output-file requirements-bench.lock pyproject.toml

clean:
	rm -rf .venv portal.db portal.db.*
