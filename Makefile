# Every target sets up what it needs; a second run starts in seconds.
PYTHON ?= python3
BIN := .venv/bin
SOURCES := src tests benchmark examples

.PHONY: demo test check bench docs browser screenshots lock clean

demo: .venv/ready
	$(BIN)/linewatch demo build/demo

test: .venv/ready
	$(BIN)/python -m pytest -q -n auto --dist loadfile

check: .venv/ready
	$(BIN)/ruff format --check $(SOURCES)
	$(BIN)/ruff check $(SOURCES)
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python docs/make_reference.py --check

bench: .venv/ready
	$(BIN)/python benchmark/scan_speed.py
	$(BIN)/python benchmark/finding.py
	$(BIN)/python benchmark/calibration.py
	$(BIN)/python benchmark/canons.py
	$(BIN)/python benchmark/desk.py

docs: .venv/ready
	$(BIN)/python docs/make_reference.py

# What a few tests need and no Python package brings: Chromium. Without it they skip and say so.
browser:
	@command -v chromium chromium-browser google-chrome >/dev/null \
	  || { command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ] \
	       && apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium >/dev/null; } \
	  || { echo "Install Chromium with your system's package manager; as root on Debian: make browser"; exit 1; }

# The pictures of docs/desk.md, taken anew: look at them before you keep them.
screenshots: .venv/ready browser
	$(BIN)/python docs/make_screenshots.py

# Developers: resolve the newest versions that pyproject.toml allows.
lock: .venv/ready
	$(BIN)/pip install -q uv
	$(BIN)/uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes \
	  --no-header --no-annotate --no-emit-index-url --no-emit-find-links --upgrade -q -o requirements.lock

.venv/ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Linewatch needs Python 3.11 or newer; name one with: make PYTHON=python3.12 ..."; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null \
	  || { echo "Python's venv module is missing; on Debian and Ubuntu: apt-get install python3-venv"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "Setting up .venv (a minute or two the first time)..."
	@$(BIN)/python -m pip install -q --no-deps --require-hashes -r requirements.lock \
	  || { echo "A package could not be installed: is a package registry reachable?"; exit 1; }
	@$(BIN)/python -m pip install -q --no-deps --no-build-isolation -e .
	@touch $@

clean:
	rm -rf build dist .venv
