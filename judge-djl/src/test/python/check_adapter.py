"""Proves that an adapter saved by judge-djl means the same to PEFT.

Run:   python check_adapter.py DIR_MODEL DIR_ADAPTER EXPECTED_JSON
Needs: torch 2.7.1, transformers 5.24.0, peft 0.21.2

DIR_MODEL is a Hugging Face directory or a GGUF file. EXPECTED_JSON holds what judge-djl computed in
fp32 with the adapter on: [{"ids": [int, ...], "logits": [float, ...]}, ...], the logits after the
last id. Exits 1 when any logit differs by more than 1e-4, and when the adapter changes no logit.
"""

import json
import sys
from pathlib import Path

import torch
from peft import PeftModel
from reference import load, next_logits

TOLERANCE = 1e-4


def main(model_path, adapter_path, expected_path):
  cases = json.loads(Path(expected_path).read_text(encoding="utf-8"))
  if not cases:
    return f"{expected_path} holds no case"
  base = load(model_path)
  plain = [next_logits(base, case["ids"]) for case in cases]
  adapted = PeftModel.from_pretrained(base, adapter_path).eval()
  worst, effect = 0.0, 0.0
  for case, before in zip(cases, plain):
    ours, theirs = torch.tensor(case["logits"]), next_logits(adapted, case["ids"])
    if ours.shape != theirs.shape:
      return f"{len(ours)} logits where the vocabulary has {len(theirs)}"
    if not torch.isfinite(ours).all():
      return f"a logit of {expected_path} is not finite"
    worst = max(worst, (ours - theirs).abs().max().item())
    effect = max(effect, (theirs - before).abs().max().item())
  print(f"{len(cases)} prompts: largest difference {worst:.3g}, the adapter moves logits by up to {effect:.3g}")
  if effect == 0:
    return "the adapter changes nothing"
  return None if worst <= TOLERANCE else f"the difference is above {TOLERANCE}"


if __name__ == "__main__":
  if len(sys.argv) != 4:
    sys.exit(__doc__)
  sys.exit(main(*sys.argv[1:]))
