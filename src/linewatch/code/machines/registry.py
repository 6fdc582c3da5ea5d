"""Which machine coders there are, by the name under which they are called."""

from __future__ import annotations

from linewatch.code.machines import fewshot, lexicon, model

MACHINES = {"lexicon": lexicon.NAME, "few-shot": fewshot.NAME, "model": model.NAME}
