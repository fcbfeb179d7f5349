# make briefing | test | setup | lab | notebooks | check | bench. Python 3.11 or newer and make.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/ready

.PHONY: briefing test setup lab notebooks check accuracy bench docs clean

briefing: $(READY)
	$(BIN)/python -m gxtools brief data/reports -o out

test: $(READY)
	$(BIN)/python -m pytest -n auto

setup: $(READY)

lab: $(READY)
	$(BIN)/jupyter lab --notebook-dir=notebooks

notebooks: $(READY)
	$(BIN)/python -m tests.run_notebooks

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

accuracy: $(READY)
	$(BIN)/python -m tests.accuracy

$(READY): pyproject.toml
	$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11))" || \
		(echo "gxtools needs Python 3.11 or newer; try: make PYTHON=python3.12 setup"; exit 1)
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e ".[lab,test,check]"
	touch $(READY)

bench: $(READY)
	$(BIN)/python -m benchmarks.core
	$(BIN)/python -m benchmarks.growth

docs: $(READY)
	$(BIN)/python -m tests.set_checks
	$(BIN)/python -m tests.set_measures

clean:
	rm -rf $(VENV) out
