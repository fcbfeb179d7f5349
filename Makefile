# make briefing | test | setup | lab | notebooks | check | guide; for the docs: docs, gallery, accuracy, fuzz, bench.
# Needs Python 3.11 or newer and make.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/ready
TESTED := $(VENV)/ready-to-test

.PHONY: briefing test setup lab notebooks check accuracy fuzz bench docs gallery guide clean

briefing: $(READY)
	$(BIN)/python -m gxtools brief data/reports -o out

test: $(TESTED)
	$(BIN)/python -m pytest -n auto

setup: $(READY)

lab: $(READY)
	$(BIN)/jupyter lab --notebook-dir=notebooks

notebooks: $(TESTED)
	$(BIN)/python -m tests.run_notebooks

check: $(TESTED)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# Of the shared reports, or of any FOLDER of reports whose figures are in FIGURES.
accuracy: $(TESTED)
	$(BIN)/python -m tests.accuracy $(FOLDER) $(FIGURES)

# Ten thousand mutated reports; each fault is printed with the name that repeats it (--only NAME).
SEED ?= 1
fuzz: $(TESTED)
	$(BIN)/python -m tests.fuzz --cases 10000 --seed $(SEED)

$(READY): pyproject.toml
	$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11))" || \
		(echo "gxtools needs Python 3.11 or newer; try: make PYTHON=python3.12 setup"; exit 1)
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e ".[lab]"
	touch $(READY)

$(TESTED): $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e ".[lab,test,check]"
	touch $(TESTED)

docs: $(TESTED)
	$(BIN)/python -m tests.set_checks
	$(BIN)/python -m tests.set_measures
	$(BIN)/python -m tests.set_functions

gallery: $(TESTED)
	$(BIN)/python -m tests.set_gallery

# Ratios side by side, and growth: written into docs/performance.md. Synthetic reports.
bench: $(TESTED)
	$(BIN)/python -m benchmarks.core
	$(BIN)/python -m benchmarks.growth

# The pages that live elsewhere are put beside the others; a link that leads nowhere is an error.
guide: $(READY)
	rm -rf build/guide build/site
	mkdir -p build
	cp -r docs build/guide
	cp -r notebooks build/guide/notebooks
	mkdir build/guide/docs && cp -r docs/images build/guide/docs/images # as the notebooks name them
	cp data/README.md build/guide/data.md
	cp CHANGELOG.md build/guide/changes.md
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e ".[guide]"
	$(BIN)/python -m sphinx -q -W --keep-going build/guide build/site
	@echo "the guide: build/site/index.html"

clean:
	rm -rf $(VENV) out build
