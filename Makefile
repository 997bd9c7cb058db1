# make demo: a virtual environment, the graph of seeds/, the page.   make test: every test.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test lint bench train lock clean

demo: $(VENV)/.run
	$(BIN)/kg build seeds --output output

test: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest --cov=kg --cov-report=term --cov-fail-under=90

lint: $(VENV)/.test
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/mypy

bench: $(VENV)/.test
	$(BIN)/python -m benchmarks.speed $(BENCH)

# The weights of the learned coder, from ontologies/codebook/examples.
train: $(VENV)/.test
	$(BIN)/kg codebook train

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: $(VENV)/bin/python requirements.lock pyproject.toml
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps -e .
	touch $@

$(VENV)/.test: $(VENV)/.run requirements-test.lock
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-test.lock
	touch $@

# Versions and hashes of everything that is installed, for any platform.
lock:
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --no-header -o requirements.lock
	uv pip compile pyproject.toml --group test --all-extras --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-header -c requirements.lock -o requirements-test.lock

clean:
	rm -rf $(VENV) output/store output/graph.ttl output/graph.html output/facts.jsonl
