# Two commands: `make serve` for the page, `make test` for the tests. Both build .venv first where
# it is missing or older than what it is made from, and cost nothing the second time.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
LOCK := constraints.txt

.PHONY: serve test lint eval bench train clean

serve: $(VENV)/installed
	$(BIN)/jianbao serve

test: $(VENV)/installed-dev lint
	$(BIN)/python -m pytest

lint: $(VENV)/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

eval: $(VENV)/installed
	$(BIN)/jianbao eval eval/questions.jsonl
	$(BIN)/jianbao eval eval/held_out.jsonl

bench: $(VENV)/installed-dev
	$(BIN)/python -m eval.bench

train: $(VENV)/installed-dev
	@test -n "$(DATA)" || { echo "make train DATA=folder of the training data"; exit 2; }
	$(BIN)/python -m index.training --data "$(DATA)" --out index/model

$(VENV)/installed: pyproject.toml $(LOCK)
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.11 serve")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet -c $(LOCK) -e .
	touch $@

$(VENV)/installed-dev: $(VENV)/installed
	$(BIN)/python -m pip install --quiet -c $(LOCK) -e '.[dev]'
	touch $@

clean:
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis
