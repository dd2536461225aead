# Two commands: `make serve` for the page, `make test` for the tests. Both build .venv first where
# it is missing or older than what it is made from, and cost nothing the second time.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
LOCK := constraints.txt
# What the tests need beside the program. EXTRAS=dev,milvus tests the indexes in Milvus too (240 MB).
EXTRAS ?= dev

QUESTIONS := eval/questions.jsonl
BULLETINS := corpus/bulletins
# What another processor's last bits were seen to turn: three of the 232 questions, and of some 47
# refusals one, which is .014 to .02 of a metric.
MAX_DROP := 0.02
FUZZ_SECONDS ?= 60
KILLS ?= 200
MINUTES ?= 10

.PHONY: serve test lint audit fuzz chaos bundle gate eval eval-forms eval-unseen eval-doubts baseline eval-readme bench bench-peers load train train-encoder train-lines train-reader clean

serve: $(VENV)/installed
	$(BIN)/jianbao serve

test: $(VENV)/installed-dev lint gate
	$(BIN)/python -m pytest

lint: $(VENV)/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# Known vulnerabilities of the packages, and a scan of the source; fails where the advisory service
# cannot be asked.
audit: $(VENV)/installed-audit
	$(BIN)/bandit --quiet --recursive corpus index rag ui eval
	$(BIN)/python tests/advisories.py

# Broken files for the parsers, led by coverage, for FUZZ_SECONDS each.
fuzz: $(VENV)/installed-audit
	$(BIN)/python tests/fuzz.py --seconds $(FUZZ_SECONDS)

# Kills the program while it writes, at random moments, and looks at what is left.
chaos: $(VENV)/installed-dev
	$(BIN)/python tests/chaos.py --kills $(KILLS)

# All that a machine without network needs, in dist/: wheels, installer, checksums.
bundle: $(VENV)/installed
	$(BIN)/python deploy/bundle.py $(if $(WITH),--extras "$(WITH)")

# Fails where any metric of our own questions is worse than in the committed baseline.
gate: $(VENV)/installed-dev
	$(BIN)/jianbao eval $(QUESTIONS) --bulletins $(BULLETINS) --baseline eval/baseline.json --max-drop $(MAX_DROP)

eval: $(VENV)/installed
	$(BIN)/jianbao eval $(QUESTIONS) --bulletins $(BULLETINS) --baseline eval/baseline.json \
		--report build/eval.html --results build/eval.json
	$(BIN)/jianbao eval eval/held_out.jsonl --bulletins $(BULLETINS) --report build/held_out.html
	@echo "build/eval.html, build/held_out.html: every question with its answer, for a browser"

# Questions on documents that nothing was learned from; they are press text and not shipped.
eval-forms: $(VENV)/installed
	$(BIN)/python -m eval.forms --told $(if $(DATA),--data "$(DATA)/reading/written")

eval-unseen: $(VENV)/installed
	@test -n "$(DATA)" || { echo "make eval-unseen DATA=folder of the training data"; exit 2; }
	$(BIN)/python -m eval.unseen --data "$(DATA)/reading/written" \
		--results build/unseen.json --report build/unseen.html

# After a change that is better: commit the new baseline and the tables of eval/README.md with it.
# Doubts of figures on damaged and sound copies of those documents.
eval-doubts: $(VENV)/installed
	@test -n "$(DATA)" || { echo "make eval-doubts DATA=folder of the training data"; exit 2; }
	$(BIN)/python tests/lossy_copies.py "$(DATA)/reading/written/documents.jsonl.xz" build/copies
	$(BIN)/python -m eval.doubts build/copies

baseline: $(VENV)/installed
	$(BIN)/jianbao eval $(QUESTIONS) --bulletins $(BULLETINS) --results eval/baseline.json

eval-readme: $(VENV)/installed
	$(BIN)/python -m eval.readme $(if $(DATA),--data "$(DATA)")

bench: $(VENV)/installed-dev
	$(BIN)/python -m eval.bench
	$(if $(NEWS),$(BIN)/python -m eval.bench.archive "$(NEWS)")

# Fifty people at one server for MINUTES; writes docs/load.json and docs/load.md. With OFFICE=1 they
# sign in, and a folder is for half of them; that is docs/load_office.json and .md.
load: $(VENV)/installed
	$(BIN)/python -m eval.bench.load --minutes $(MINUTES) $(if $(OFFICE),--office)

# Beside LangChain, LlamaIndex, Haystack and txtai; on an idle machine, or times mean little.
# PEERS="--only ours --sizes 1000" measures a part and renders all that is known.
bench-peers: $(VENV)/installed-dev
	@test -n "$(NEWS)" -a -n "$(CMRC)" || { echo "make bench-peers NEWS=news.txt.xz CMRC=cmrc2018_dev.json.xz"; exit 2; }
	$(BIN)/python -m eval.bench.peers "$(NEWS)" "$(CMRC)" $(PEERS)

train: $(VENV)/installed-dev
	@test -n "$(DATA)" || { echo "make train DATA=folder of the training data"; exit 2; }
	$(BIN)/python -m index.training --data "$(DATA)" --out index/model

# The reader, from the pretrained encoder of a package: some hours, in pieces if need be. WORK keeps
# checkpoints; a run that was ended goes on.
WORK ?= build/reader
train-reader: $(VENV)/installed-train
	@test -n "$(DATA)" || { echo "make train-reader DATA=folder of the training data"; exit 2; }
	$(BIN)/python -m rag.training.reading teacher --data "$(DATA)" --work "$(WORK)"
	$(BIN)/python -m rag.training.reading export --data "$(DATA)" --work "$(WORK)" --out rag/reading/model
	$(BIN)/python -m rag.training.reading certainty --data "$(DATA)" --work "$(WORK)" --out rag/reading/model

# The encoder, of the same pretrained one; an hour.
train-encoder: $(VENV)/installed-train
	@test -n "$(DATA)" || { echo "make train-encoder DATA=folder of the training data"; exit 2; }
	$(BIN)/python -m rag.training.embedding train --data "$(DATA)" --work "$(WORK)"
	$(BIN)/python -m rag.training.embedding export --data "$(DATA)" --work "$(WORK)" --out index/vectors/model
	$(MAKE) train-lines

# What tells kinds of lines by the encoder's vectors, a minute; after the encoder or the lines change.
train-lines: $(VENV)/installed-dev
	$(BIN)/python -m rag.training.line_fit
	$(BIN)/python -m eval.told_lines

$(VENV)/installed: pyproject.toml $(LOCK)
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.11 serve")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet -c $(LOCK) -e .
	touch $@

$(VENV)/installed-dev: $(VENV)/installed
	$(BIN)/python -m pip install --quiet -c $(LOCK) -e '.[$(EXTRAS)]'
	touch $@

$(VENV)/installed-train: $(VENV)/installed
	$(BIN)/python -m pip install --quiet -c $(LOCK) -e '.[train]'
	touch $@

$(VENV)/installed-audit: $(VENV)/installed-dev
	$(BIN)/python -m pip install --quiet -c $(LOCK) -e '.[audit]'
	touch $@

clean:
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis
