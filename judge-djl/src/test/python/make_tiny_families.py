"""Makes a tiny random model of each family and the numbers that transformers computes with it.

Run:   python make_tiny_families.py [FAMILY ...]
Needs: torch 2.7.1, transformers 5.24.0, safetensors 0.8.0, gguf 0.19.0 (the versions that made the stored files)
Makes: ../resources/reference/families/*

Weights are stored in bf16 (Qwen3's in fp32) and computed in fp32. config.json is written as
hubs have it, from transformers 4; config-5.json is what transformers 5 makes of it. Prompts and greedy
continuations go well past the windows, which are of 8 positions. The GGUF files hold the same weights under
the names and metadata of llama.cpp's converter.
"""

import json
import shutil
import sys

import gguf
import numpy as np
import torch
from reference import REFERENCE, greedy, load, next_logits, number, numbers, random_ids, write_json
from make_tiny_models import hidden_norms, permute
from transformers import AutoConfig, AutoModelForCausalLM

VOCABULARY = 96
COMMON = {
  "vocab_size": VOCABULARY,
  "hidden_size": 32,
  "intermediate_size": 48,
  "num_hidden_layers": 3,
  "num_attention_heads": 4,
  "num_key_value_heads": 2,
  "max_position_embeddings": 256,
  "rms_norm_eps": 1e-05,
  "rope_theta": 10000.0,
  "hidden_act": "silu",
  "tie_word_embeddings": False,
  "bos_token_id": 1,
  "eos_token_id": 2,
  "pad_token_id": 0,
}
GEMMA = {
  "head_dim": 16,
  "hidden_act": None,
  "hidden_activation": "gelu_pytorch_tanh",
  "query_pre_attn_scalar": 16,
  "sliding_window": 8,
  "tie_word_embeddings": None,
  "rms_norm_eps": 1e-06,
}
LONGROPE = {
  "type": "longrope",
  "short_factor": [1.0, 1.1, 1.3],
  "long_factor": [2.0, 4.0, 9.0],
}
FAMILIES = {
  "qwen3": {"model_type": "qwen3", "num_hidden_layers": 2, "head_dim": 16, "rope_theta": 1000000.0, "attention_bias": False},
  "llama3": {
    "model_type": "llama",
    "rope_theta": 500.0,
    "max_position_embeddings": 256,
    "rope_scaling": {
      "rope_type": "llama3",
      "factor": 8.0,
      "low_freq_factor": 1.0,
      "high_freq_factor": 4.0,
      "original_max_position_embeddings": 64,
    },
  },
  "llama-linear": {"model_type": "llama", "rope_scaling": {"type": "linear", "factor": 4.0}},
  "qwen2-yarn": {
    "model_type": "qwen2",
    "rope_scaling": {"type": "yarn", "factor": 4.0, "original_max_position_embeddings": 64},
    "use_sliding_window": True,
    "sliding_window": 8,
    "max_window_layers": 1,
  },
  "mistral": {"model_type": "mistral", "sliding_window": 8, "head_dim": 16},
  "gemma3": GEMMA
  | {
    "model_type": "gemma3_text",
    "query_pre_attn_scalar": 24,
    "num_hidden_layers": 6,
    "intermediate_size": 32,
    "sliding_window_pattern": 6,
    "rope_theta": 1000000.0,
    "rope_local_base_freq": 10000.0,
    "rope_scaling": {"rope_type": "linear", "factor": 8.0},
  },
  "gemma2": GEMMA | {"model_type": "gemma2", "attn_logit_softcapping": 5.0, "final_logit_softcapping": 6.0},
  "phi3": {
    "model_type": "phi3",
    "max_position_embeddings": 512,
    "original_max_position_embeddings": 128,
    "partial_rotary_factor": 0.75,
    "rope_scaling": LONGROPE,
    "sliding_window": 8,
  },
  "granite": {
    "model_type": "granite",
    "embedding_multiplier": 12.0,
    "attention_multiplier": 0.2,
    "residual_multiplier": 0.22,
    "logits_scaling": 3.0,
    "tie_word_embeddings": True,
  },
  "olmo2": {"model_type": "olmo2"},
  "smollm3": {"model_type": "smollm3", "num_hidden_layers": 4, "no_rope_layers": [1, 1, 1, 0], "tie_word_embeddings": True},
  "mixtral": {"model_type": "mixtral", "num_hidden_layers": 2, "num_local_experts": 4, "num_experts_per_tok": 2, "sliding_window": None},
  "qwen3-moe": {
    "model_type": "qwen3_moe",
    "num_hidden_layers": 2,
    "head_dim": 8,
    "num_experts": 6,
    "num_experts_per_tok": 2,
    "moe_intermediate_size": 16,
    "norm_topk_prob": True,
    "decoder_sparse_step": 1,
  },
}
IN_FP32 = {"qwen3"}
# By llama.cpp's name of the architecture. What isn't here differs in nothing that a GGUF file says.
GGUF = {
  "qwen3": "qwen3",
  "llama3": "llama",
  "gemma3": "gemma3",
  "gemma2": "gemma2",
  "phi3": "phi3",
  "granite": "granite",
  "olmo2": "olmo2",
  "smollm3": "smollm3",
  "mixtral": "llama",
  "qwen3-moe": "qwen3moe",
}


def configuration(family):
  merged = COMMON | FAMILIES[family]
  return {key: value for key, value in merged.items() if value is not None or key == "sliding_window"}


@torch.no_grad()
def fill(model, family, seed):
  """Random weights, wide enough that attention, norms and experts all move the logits."""
  generator = torch.Generator().manual_seed(seed)
  gemma = family.startswith("gemma")
  for name, parameter in sorted(model.named_parameters()):
    noise = torch.randn(parameter.shape, generator=generator)
    if "norm" in name:
      parameter.copy_(0.25 * noise + (0 if gemma else 1))
    elif name.endswith("bias"):
      parameter.copy_(0.7 * noise)
    elif "embed" in name or "lm_head" in name:
      parameter.copy_(noise * (0.3 if gemma else 0.5))
    else:
      parameter.copy_(noise * 1.6 / parameter.shape[-1] ** 0.5)


def make(family, seed):
  directory = REFERENCE / "families" / family
  shutil.rmtree(directory, ignore_errors=True)
  directory.mkdir(parents=True)
  config = configuration(family)
  (directory / "config.json").write_text(json.dumps(config, indent=2) + "\n")
  made = AutoConfig.from_pretrained(directory)
  model = AutoModelForCausalLM.from_config(made, attn_implementation="eager").float()
  fill(model, family, seed)
  if family not in IN_FP32:
    model = model.bfloat16()
  model.save_pretrained(directory)
  (directory / "generation_config.json").unlink(missing_ok=True)
  (directory / "config.json").rename(directory / "config-5.json")
  (directory / "config.json").write_text(json.dumps(config, indent=2) + "\n")
  stored = load(directory)
  write_json(directory / "expected.json", expected(stored))
  if family == "phi3":
    # Beyond the original context all positions turn by the long factors.
    write_json(directory / "expected-long.json", {"prompts": [case(stored, 150, 103)]})
  if family in GGUF:
    write_gguf(directory / "model.gguf", family, stored)
  if family == "gemma3":
    # A GGUF file can't say what queries are scaled by; llama.cpp takes the width of a head.
    made.query_pre_attn_scalar = made.head_dim
    scaled = AutoModelForCausalLM.from_pretrained(
      directory, config=made, dtype=torch.float32, attn_implementation="eager"
    )
    write_json(directory / "expected-gguf.json", {"prompts": expected(scaled.eval())["prompts"]})
  size = sum(file.stat().st_size for file in directory.iterdir())
  print(f"{family}: {size // 1024} KiB")
  assert size < 300_000, size


def case(model, length, seed):
  ids = random_ids(length, VOCABULARY, seed)
  continuation, lead = greedy(model, ids, 16)
  assert lead > 1e-3, f"a near tie of {lead}: choose another seed"
  logits = numbers(next_logits(model, ids))
  return {"ids": ids, "logits": logits, "greedy": continuation, "greedy_lead": number(lead)}


def expected(model):
  cases = []
  for seed, length in enumerate([1, 7, 33], 100):
    cases.append(case(model, length, seed))
  medium = cases[2]["ids"]
  stages = hidden_norms(model, medium)
  # The embedding is scaled outside of the module that is looked at.
  scale = getattr(model.config, "embedding_multiplier", 1.0)
  stages[0] = [number(norm * scale) for norm in stages[0]]
  return {"prompts": cases, "hidden_norms": {"ids": medium, "stages": stages}}


def write_gguf(path, family, model):
  """Writes what llama.cpp's convert_hf_to_gguf writes for the model, without a tokenizer."""
  architecture = GGUF[family]
  config = configuration(family)
  made = model.config
  writer = gguf.GGUFWriter(path, architecture)
  layers, heads = config["num_hidden_layers"], config["num_attention_heads"]
  head_dim = config.get("head_dim", config["hidden_size"] // heads)
  writer.add_block_count(layers)
  writer.add_context_length(config["max_position_embeddings"])
  writer.add_embedding_length(config["hidden_size"])
  writer.add_feed_forward_length(config["intermediate_size"])
  writer.add_head_count(heads)
  writer.add_head_count_kv(config["num_key_value_heads"])
  writer.add_rope_freq_base(config["rope_theta"])
  writer.add_layer_norm_rms_eps(config["rms_norm_eps"])
  writer.add_rope_dimension_count(int(head_dim * config.get("partial_rotary_factor", 1)))
  if "head_dim" in config:
    writer.add_key_length(head_dim)
    writer.add_value_length(head_dim)
  if config.get("sliding_window"):
    writer.add_sliding_window(config["sliding_window"])
  if family == "gemma3":
    writer.add_rope_scaling_type(gguf.RopeScalingType.LINEAR)
    writer.add_rope_scaling_factor(config["rope_scaling"]["factor"])
  if family == "gemma2":
    writer.add_attn_logit_softcapping(config["attn_logit_softcapping"])
    writer.add_final_logit_softcapping(config["final_logit_softcapping"])
  if family == "granite":
    writer.add_attention_scale(config["attention_multiplier"])
    writer.add_embedding_scale(config["embedding_multiplier"])
    writer.add_residual_scale(config["residual_multiplier"])
    writer.add_logit_scale(config["logits_scaling"])
  if family == "mixtral":
    writer.add_expert_count(config["num_local_experts"])
    writer.add_expert_used_count(config["num_experts_per_tok"])
  if family == "qwen3-moe":
    writer.add_expert_count(config["num_experts"])
    writer.add_expert_used_count(config["num_experts_per_tok"])
    writer.add_expert_feed_forward_length(config["moe_intermediate_size"])
  if family == "phi3":
    original = config["original_max_position_embeddings"]
    factor = (1 + np.log(config["max_position_embeddings"] / original) / np.log(original)) ** 0.5
    writer.add_rope_scaling_orig_ctx_len(original)
    writer.add_rope_scaling_attn_factors(factor)
  for name, tensor in gguf_tensors(family, model, made):
    writer.add_tensor(name, *tensor)
  writer.write_header_to_file()
  writer.write_kv_data_to_file()
  writer.write_tensors_to_file()
  writer.close()


def gguf_tensors(family, model, config):
  names = gguf.get_tensor_name_map(next(a for a, n in gguf.MODEL_ARCH_NAMES.items() if n == GGUF[family]), config.num_hidden_layers)
  if family == "llama3":
    rope = model.model.rotary_emb.inv_freq
    plain = config.rope_parameters["rope_theta"] ** -(torch.arange(len(rope)) / len(rope))
    yield "rope_freqs.weight", ((plain / rope).numpy().astype(np.float32),)
  if family == "phi3":
    for kind in ("long", "short"):
      yield f"rope_factors_{kind}.weight", (np.array(LONGROPE[f"{kind}_factor"], np.float32),)
  experts = config.model_type in ("mixtral", "qwen3_moe")
  for name, tensor in model.state_dict().items():
    if name == "lm_head.weight" and config.tie_word_embeddings:
      continue
    if experts and name.endswith("experts.gate_up_proj"):
      gate, up = tensor.chunk(2, 1)
      layer = name.split(".")[2]
      yield f"blk.{layer}.ffn_gate_exps.weight", bf16(gate)
      yield f"blk.{layer}.ffn_up_exps.weight", bf16(up)
      continue
    if experts and name.endswith("experts.down_proj"):
      yield f"blk.{name.split('.')[2]}.ffn_down_exps.weight", bf16(tensor)
      continue
    if GGUF[family] in ("llama", "granite", "smollm3"):
      if name.endswith("q_proj.weight"):
        tensor = torch.from_numpy(permute(tensor.numpy(), config.num_attention_heads).copy())
      if name.endswith("k_proj.weight"):
        tensor = torch.from_numpy(permute(tensor.numpy(), config.num_key_value_heads).copy())
    if family.startswith("gemma") and "norm" in name:
      tensor = tensor + 1
    target = names.get_name(name, try_suffixes=(".weight", ".bias"))
    assert target, name
    yield target, (tensor.numpy(),) if tensor.dim() == 1 or family in IN_FP32 else bf16(tensor)


def bf16(tensor):
  """The data and the type of a tensor whose numbers are those of bf16."""
  kind = gguf.GGMLQuantizationType.BF16
  return gguf.quants.quantize(tensor.contiguous().numpy(), kind), None, kind


def main(chosen):
  for seed, family in enumerate(FAMILIES, 40):
    if not chosen or family in chosen:
      make(family, seed)


if __name__ == "__main__":
  main(sys.argv[1:])
