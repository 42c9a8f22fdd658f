"""Makes LoRA adapters of tiny-llama and the numbers that PEFT computes and trains with them.

Run:   python make_lora_reference.py     (after make_tiny_models.py)
Needs: torch 2.7.1, transformers 5.24.0, peft 0.21.2, safetensors 0.8.0
       (the versions that made the stored files)
Makes: ../resources/reference/{tiny-llama-adapter, tiny-llama-adapter-qv, adapter-config-variants.json}

A loss is the mean over all completion tokens of a batch, so a long completion weighs more than a
short one. Dropout is 0, gradients are clipped as torch.nn.utils.clip_grad_norm_ does.
"""

import json
import shutil

import torch
from make_tiny_models import LLAMA, prompts
from peft import LoraConfig, PeftModel, get_peft_model
from reference import REFERENCE, load, next_logits, number, numbers, random_ids, write_json

BASE = REFERENCE / "tiny-llama"
ALL = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]
OPTIMISER = {"lr": 1e-3, "betas": [0.9, 0.95], "eps": 1e-8, "weight_decay": 0.1, "max_grad_norm": 1.0}
STEPS = 3
# The id lists have different lengths, and the completions start early, late and in the middle.
BATCH = [
  {"ids": random_ids(length, LLAMA["vocab_size"], seed), "completion_start": start}
  for seed, length, start in [(200, 12, 3), (201, 29, 25), (202, 20, 11)]
]
STORED_IN_FULL = ["layers.0.self_attn.q_proj", "layers.1.self_attn.v_proj", "layers.1.mlp.down_proj"]


def adapter(targets, seed):
  """A rank 4 adapter with random A and B; PEFT's own B of zeros would change nothing."""
  config = LoraConfig(r=4, lora_alpha=8, lora_dropout=0.0, target_modules=targets, task_type="CAUSAL_LM")
  model = get_peft_model(load(BASE), config).eval()
  generator = torch.Generator().manual_seed(seed)
  with torch.no_grad():
    for name, parameter in lora(model):
      std = 0.2 if "lora_A" in name else 0.1
      parameter.copy_(torch.randn(parameter.shape, generator=generator) * std)
  return model


def lora(model):
  """The adapter's tensors with the names they have in adapter_model.safetensors."""
  return [(n.replace(".default.", "."), p) for n, p in model.named_parameters() if p.requires_grad]


def save(model, directory):
  """Saves in PEFT layout, with a relative name of the base model and lists in a stable order."""
  shutil.rmtree(directory, ignore_errors=True)
  model.save_pretrained(directory)
  (directory / "README.md").unlink()
  path = directory / "adapter_config.json"
  config = json.loads(path.read_text())
  config["base_model_name_or_path"] = BASE.name
  config["target_modules"] = sorted(config["target_modules"])
  path.write_text(json.dumps(config, indent=2, sort_keys=True) + "\n")


def batch_loss(model):
  """Mean negative log-likelihood of the completion tokens of all examples."""
  total, count = 0.0, 0
  for example in BATCH:
    start = example["completion_start"]
    ids = torch.tensor([example["ids"]])
    logits = model(ids, use_cache=False).logits[0, start - 1 : -1]
    total = total + torch.nn.functional.cross_entropy(logits, ids[0, start:], reduction="sum")
    count += ids.shape[1] - start
  return total / count


def peft_loss(model):
  """The same through the model's own labels and a padded batch, as a trainer would do it."""
  longest = max(len(e["ids"]) for e in BATCH)
  ids = torch.tensor([e["ids"] + [0] * (longest - len(e["ids"])) for e in BATCH])
  mask = torch.tensor([[1] * len(e["ids"]) + [0] * (longest - len(e["ids"])) for e in BATCH])
  starts = torch.tensor([[e["completion_start"]] for e in BATCH])
  labels = ids.masked_fill((mask == 0) | (torch.arange(longest) < starts), -100)
  return model(ids, attention_mask=mask, labels=labels, use_cache=False).loss


def chosen(tensors):
  return {n: numbers(t) for n, t in tensors if any(part in n for part in STORED_IN_FULL)}


def norms(tensors):
  return {n: number(t.norm()) for n, t in tensors}


def logits(model, prompt_list):
  return [{"ids": ids, "logits": numbers(next_logits(model, ids))} for ids in prompt_list]


def training(model):
  """Gradients of the first step, then STEPS optimiser steps on the same batch."""
  optimiser = torch.optim.AdamW(
    [p for _, p in lora(model)],
    lr=OPTIMISER["lr"],
    betas=tuple(OPTIMISER["betas"]),
    eps=OPTIMISER["eps"],
    weight_decay=OPTIMISER["weight_decay"],
  )
  losses, gradient_norms, gradients = [], [], {}
  for step in range(STEPS):
    optimiser.zero_grad()
    loss = batch_loss(model)
    if step == 0:
      torch.testing.assert_close(peft_loss(model), loss)
    loss.backward()
    if step == 0:
      found = [(n, p.grad.clone()) for n, p in lora(model)]
      gradients = {"norms": norms(found), "full": chosen(found)}
    norm = torch.nn.utils.clip_grad_norm_([p for _, p in lora(model)], OPTIMISER["max_grad_norm"])
    optimiser.step()
    losses.append(number(loss))
    gradient_norms.append(number(norm))
  return {
    "batch": BATCH,
    "optimiser": OPTIMISER,
    "losses": losses + [number(batch_loss(model))],
    "gradient_norms": gradient_norms,
    "gradients": gradients,
    "after": {"norms": norms(lora(model)), "full": chosen(lora(model))},
  }


def variants():
  """Changes to tiny-llama-adapter's configuration: one scales differently, the others mean another model."""
  directory = REFERENCE / "tiny-llama-adapter"
  config = LoraConfig.from_pretrained(directory)
  config.use_rslora = True
  rslora = PeftModel.from_pretrained(load(BASE), directory, config=config)
  return {
    "use_rslora": {"use_rslora": True},
    "use_rslora_expected": logits(rslora.eval(), prompts(LLAMA)[1:2]),
    "same_as_regex": {"target_modules": ".*\\.(q|k|v|o|gate|up|down)_proj"},
    "modules_to_save": {"modules_to_save": ["lm_head"]},
    "use_dora": {"use_dora": True},
    "bias": {"bias": "all"},
    "rank_pattern": {"rank_pattern": {"q_proj": 8}},
    "alpha_pattern": {"alpha_pattern": {"q_proj": 16}},
    "layers_to_transform": {"layers_to_transform": [0]},
    "fan_in_fan_out": {"fan_in_fan_out": True},
    "peft_type": {"peft_type": "IA3"},
  }


def main():
  model = adapter(ALL, seed=11)
  directory = REFERENCE / "tiny-llama-adapter"
  save(model, directory)
  write_json(directory / "expected.json", {"prompts": logits(model, prompts(LLAMA))} | training(model))
  write_json(REFERENCE / "adapter-config-variants.json", variants())

  model = adapter(["q_proj", "v_proj"], seed=12)
  directory = REFERENCE / "tiny-llama-adapter-qv"
  save(model, directory)
  write_json(directory / "expected.json", {"prompts": logits(model, prompts(LLAMA)[1:3])})


if __name__ == "__main__":
  main()
