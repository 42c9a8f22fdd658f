"""Makes LoRA adapters of the tiny families and the numbers that PEFT computes with them.

Run:   python make_family_adapters.py     (after make_tiny_families.py)
Needs: torch 2.7.1, transformers 5.24.0, peft 0.21.2, safetensors 0.8.0 (the versions that made the stored files)
Makes: ../resources/reference/families/*/adapter

A loss is the mean over all completion tokens of a batch. The sequences are longer than the windows. Experts
are not adapted, only the attention of their layers.
"""

import json
import shutil

import torch
from make_tiny_families import VOCABULARY
from peft import LoraConfig, get_peft_model
from reference import REFERENCE, load, next_logits, number, numbers, random_ids, write_json

ATTENTION = ["q_proj", "k_proj", "v_proj", "o_proj"]
ALL = ATTENTION + ["gate_proj", "up_proj", "down_proj"]
FUSED = ["qkv_proj", "o_proj", "gate_up_proj", "down_proj"]
ADAPTERS = {
  "qwen3": {"target_modules": ALL},
  "gemma3": {"target_modules": ALL},
  "gemma2": {"target_modules": ALL},
  "phi3": {"target_modules": FUSED},
  "olmo2": {"target_modules": ALL},
  "smollm3": {"target_modules": ALL},
  "qwen3-moe": {"target_modules": ATTENTION},
  "mixtral": {"target_modules": ATTENTION},
  "granite": {
    "target_modules": ALL,
    "use_rslora": True,
    "rank_pattern": {"q_proj": 3, "layers.1.mlp.down_proj": 5},
    "alpha_pattern": {"v_proj": 9, "^model.layers.0.mlp.up_proj": 1},
  },
}
BATCH = [
  {"ids": random_ids(length, VOCABULARY, seed), "completion_start": start}
  for seed, length, start in [(300, 12, 3), (301, 29, 25), (302, 20, 11)]
]
STORED_IN_FULL = ["layers.1.self_attn.o_proj"]


def make(family, settings, seed):
  config = LoraConfig(r=2, lora_alpha=4, lora_dropout=0.0, task_type="CAUSAL_LM", **settings)
  model = get_peft_model(load(REFERENCE / "families" / family), config).eval()
  tensors = [(n.replace(".default.", "."), p) for n, p in model.named_parameters() if p.requires_grad]
  generator = torch.Generator().manual_seed(seed)
  with torch.no_grad():
    for name, parameter in tensors:
      std = 0.2 if "lora_A" in name else 0.1
      parameter.copy_(torch.randn(parameter.shape, generator=generator) * std)
  directory = REFERENCE / "families" / family / "adapter"
  shutil.rmtree(directory, ignore_errors=True)
  model.save_pretrained(directory)
  (directory / "README.md").unlink()
  path = directory / "adapter_config.json"
  stored = json.loads(path.read_text())
  stored["base_model_name_or_path"] = family
  stored["target_modules"] = sorted(stored["target_modules"])
  path.write_text(json.dumps(stored, indent=2, sort_keys=True) + "\n")
  prompts = [random_ids(length, VOCABULARY, seed) for seed, length in [(400, 7), (401, 33)]]
  loss = batch_loss(model)
  loss.backward()
  gradients = [(n, p.grad) for n, p in tensors]
  write_json(
    directory / "expected.json",
    {
      "prompts": [{"ids": ids, "logits": numbers(next_logits(model, ids))} for ids in prompts],
      "batch": BATCH,
      "loss": number(loss),
      "gradients": {
        "norms": {n: number(g.norm()) for n, g in gradients},
        "full": {n: numbers(g) for n, g in gradients if any(part in n for part in STORED_IN_FULL)},
      },
    },
  )


def batch_loss(model):
  total, count = 0.0, 0
  for example in BATCH:
    start = example["completion_start"]
    ids = torch.tensor([example["ids"]])
    logits = model(ids, use_cache=False).logits[0, start - 1 : -1]
    total = total + torch.nn.functional.cross_entropy(logits, ids[0, start:], reduction="sum")
    count += ids.shape[1] - start
  return total / count


def main():
  for seed, (family, settings) in enumerate(ADAPTERS.items(), 500):
    make(family, settings, seed)


if __name__ == "__main__":
  main()
