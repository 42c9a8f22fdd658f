"""What the reference scripts share: where fixtures lie, how numbers are written, what is measured.

All expected numbers are fp32 on one thread with eager attention, so that they repeat bit for bit.
"""

import json
import os
from pathlib import Path

os.environ.setdefault("HF_HUB_OFFLINE", "1")

import torch
from transformers import AutoModelForCausalLM

REFERENCE = Path(__file__).resolve().parents[1] / "resources" / "reference"

torch.set_num_threads(1)
torch.use_deterministic_algorithms(True)


def load(path):
  """An fp32 model from a Hugging Face directory or a GGUF file, whose weights are dequantised."""
  path = Path(path)
  directory, options = (path.parent, {"gguf_file": path.name}) if path.suffix == ".gguf" else (path, {})
  model = AutoModelForCausalLM.from_pretrained(
    directory, dtype=torch.float32, attn_implementation="eager", **options
  )
  return model.eval()


def numbers(tensor):
  """Nested lists of fp32 values; nine significant digits name each fp32 value exactly."""
  if tensor.dim() > 1:
    return [numbers(row) for row in tensor]
  return [number(value) for value in tensor.detach().float().reshape(-1).tolist()]


def number(value):
  return float(f"{float(value):.9g}")


def write_json(path, value):
  """Writes one key a line, so that a changed fixture shows as a short diff."""
  lines = [f"  {json.dumps(key)}: {json.dumps(item)}" for key, item in value.items()]
  path.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


def random_ids(length, vocabulary, seed):
  generator = torch.Generator().manual_seed(seed)
  return torch.randint(0, vocabulary, (length,), generator=generator).tolist()


@torch.no_grad()
def next_logits(model, ids):
  """The logits after the last of the ids, shape [vocabulary]."""
  return model(torch.tensor([ids]), use_cache=False).logits[0, -1]


@torch.no_grad()
def log_probabilities(model, ids):
  """log p(ids[t] | ids[0..t-1]) for t = 1 .. n-1."""
  logits = model(torch.tensor([ids]), use_cache=False).logits[0, :-1].float()
  return torch.log_softmax(logits, -1).gather(1, torch.tensor(ids[1:])[:, None])[:, 0]


@torch.no_grad()
def greedy(model, ids, steps):
  """Greedy continuation that stops at nothing, and the smallest lead of a winner over its runner-up."""
  result, lead, cache, step = [], float("inf"), None, torch.tensor([ids])
  for _ in range(steps):
    output = model(step, past_key_values=cache, use_cache=True)
    best = output.logits[0, -1].topk(2)
    lead = min(lead, (best.values[0] - best.values[1]).item())
    result.append(best.indices[0].item())
    cache, step = output.past_key_values, best.indices[:1][None]
  return result, lead
