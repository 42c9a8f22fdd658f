"""Makes the numbers that transformers and PEFT compute with real models, for tests tagged `weights`.

Run:   python make_real_references.py DIR_MODELS DIR_DATA [DIR_IDS]
       DIR_MODELS holds the GGUF files (one that isn't there is left out), DIR_DATA the folders pools and
       pairs with JSON Lines; into DIR_IDS go the token ids of every pool instruction, to see where a
       digest differs
Needs: torch 2.7.1, transformers 5.24.0, peft 0.21.2, tokenizers 0.23.3, gguf 0.19.0
       (the versions that made the stored files); 4 GB of memory, 5 minutes; for the model of 1.5B
       15 GB and another 15 minutes
Makes: ../resources/reference/{smollm2-135m, qwen2.5-coder-0.5b, qwen2.5-coder-1.5b}.json

The weights are dequantised to fp32. Every tensor is first compared with the gguf package's own
dequantisation, q and k of a llama with their rows put back in Hugging Face order.
"""

import hashlib
import json
import sys
from pathlib import Path

import gguf
import numpy as np
import torch
from gguf_tokenizer import load_tokenizer
from peft import LoraConfig, get_peft_model
from reference import REFERENCE, greedy, load, next_logits, number, numbers, random_ids, write_json

MODELS = {
  "smollm2-135m": "smollm2-135m-instruct-q4_1.gguf",
  "qwen2.5-coder-0.5b": "qwen2.5-coder-0.5b-instruct.gguf",
  "qwen2.5-coder-1.5b": "qwen2.5-coder-1.5b-instruct.gguf",
}
# A message is a role and either text or the id of a pool's instruction: one turn; typographic
# quotes and blank ends of lines; a system message; several turns; a longer text.
CHATS = [
  [("user", "selfinstruct-seed-0000")],
  [("user", "oasst-0073")],
  [("system", "Solve the problem step by step, then give the number."), ("user", "gsm8k-train-0023")],
  [("user", "svamp-0002"), ("assistant", "1"), ("user", "svamp-0003")],
  [("user", "oasst-0034")],
]
TEXTS = [
  "List:\n\n1. one\n 2. two\r\n\t3.  three  \n\n\n",
  "It's, they'LL, we\u2019ve: na\u00efve e\u0301 \u212b \ufb01",
  "\u00bd x\u00b2 \u0663\u0664 \u2167 1234567.89",
  "Z\u00fcrich \u65e5\u672c\u8a9e \u0928\u092e\u0938\u094d\u0924\u0947 "
  "\U0001f642\U0001f468\u200d\U0001f469\u200d\U0001f467",
  "def f(x):\n    return x**2  # \u2260\n\n\tif a != b: pass",
  "<|im_start|>user\nquoted<|im_end|> <|endoftext|><|im_sta",
  "non\u00a0breaking\u3000ideographic\u200bzero",
]
POOLS = ["selfinstruct-seed", "selfinstruct-user", "oasst-en100", "arena-hard"]
POOL_LIMIT = 1000
COMPLETIONS = [("gsm8k-solutions", "gsm8k-sol-0001", "a"), ("pandalm", "pandalm-0004", "b")]
PROJECTIONS = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]
RANK, ALPHA = 8, 16


def rows(path):
  return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def instructions(data):
  return {row["id"]: row["instruction"] for path in sorted((data / "pools").glob("*.jsonl")) for row in rows(path)}


def encode(tokenizer, text):
  return tokenizer(text, add_special_tokens=False)["input_ids"]


def render(tokenizer, messages):
  return tokenizer.apply_chat_template(messages, tokenize=False, add_generation_prompt=True)


def check_weights(model, path):
  """Fails unless each tensor of the model is exactly the dequantised tensor of the file."""
  config, state = model.config, model.state_dict()
  architecture = {"llama": gguf.MODEL_ARCH.LLAMA, "qwen2": gguf.MODEL_ARCH.QWEN2}[config.model_type]
  names = gguf.get_tensor_name_map(architecture, config.num_hidden_layers)
  hf_name = {names.get_name(n, try_suffixes=(".weight", ".bias")): n for n in state}
  for tensor in gguf.GGUFReader(path).tensors:
    expected = gguf.dequantize(tensor.data, tensor.tensor_type)
    if config.model_type == "llama" and tensor.name.endswith(("attn_q.weight", "attn_k.weight")):
      heads = config.num_attention_heads if "attn_q" in tensor.name else config.num_key_value_heads
      half = expected.shape[0] // heads // 2
      expected = expected.reshape(heads, half, 2, -1).swapaxes(1, 2).reshape(expected.shape)
    actual = state.pop(hf_name[tensor.name]).numpy()
    assert np.array_equal(expected.reshape(actual.shape), actual), tensor.name
  assert not state or (config.tie_word_embeddings and set(state) == {"lm_head.weight"}), set(state)


def distribution(logits, probe):
  """What is stored of a vocabulary's logits: the best 50, the log-sum-exp and a fixed sample."""
  best = logits.topk(50)
  return {
    "top_ids": best.indices.tolist(),
    "top_logits": numbers(best.values),
    "log_sum_exp": number(logits.double().logsumexp(0)),
    "probe_logits": numbers(logits[probe]),
  }


def chat(model, tokenizer, messages, probe):
  rendered = render(tokenizer, messages)
  ids = encode(tokenizer, rendered)
  continuation, lead = greedy(model, ids, 64)
  return (
    {"messages": messages, "rendered": rendered, "ids": ids}
    | distribution(next_logits(model, ids), probe)
    | {"greedy": continuation, "greedy_lead": number(lead), "greedy_text": tokenizer.decode(continuation)}
  )


def pool_digest(tokenizer, data, ids_path):
  """SHA-256 over one line an instruction, its ids in decimal with spaces between."""
  texts = [row for pool in POOLS for row in rows(data / "pools" / f"{pool}.jsonl")][:POOL_LIMIT]
  encoded = [(row["id"], encode(tokenizer, row["instruction"])) for row in texts]
  if ids_path:
    ids_path.write_text("".join(json.dumps({"id": i, "ids": ids}) + "\n" for i, ids in encoded))
  lines = "".join(" ".join(map(str, ids)) + "\n" for _, ids in encoded)
  return {
    "pools": POOLS,
    "instructions": len(encoded),
    "tokens": sum(len(ids) for _, ids in encoded),
    "sha256": hashlib.sha256(lines.encode()).hexdigest(),
  }


def with_adapter(model):
  """A rank 8 adapter from a formula, with i the row, j the column, m the place in PROJECTIONS:
  A[i,j] = 0.02 sin(1 + 0.37 i + 0.11 j + 1.3 layer + 0.7 m), B[i,j] = 0.02 cos(the same)."""
  config = LoraConfig(r=RANK, lora_alpha=ALPHA, target_modules=PROJECTIONS, task_type="CAUSAL_LM")
  adapted = get_peft_model(model, config).eval()
  for name, parameter in adapted.named_parameters():
    if parameter.requires_grad:
      parts = name.split(".")
      layer = int(parts[parts.index("layers") + 1])
      m = next(i for i, projection in enumerate(PROJECTIONS) if projection in parts)
      i, j = np.indices(parameter.shape, dtype=np.float64)
      angle = 1 + 0.37 * i + 0.11 * j + 1.3 * layer + 0.7 * m
      values = 0.02 * (np.sin(angle) if "lora_A" in name else np.cos(angle))
      parameter.data.copy_(torch.from_numpy(values).float())
  return adapted


def batch_loss(model, batch):
  """Mean negative log-likelihood of the completion tokens of all examples together."""
  total, count = 0.0, 0
  for example in batch:
    start, ids = example["completion_start"], torch.tensor([example["ids"]])
    logits = model(ids, use_cache=False).logits[0, start - 1 : -1]
    total = total + torch.nn.functional.cross_entropy(logits, ids[0, start:], reduction="sum")
    count += ids.shape[1] - start
  return total / count


def training_batch(tokenizer, data):
  """The prompt as rendered, then the completion and the end of the turn, which are learnt."""
  batch = []
  for pool, identity, answer in COMPLETIONS:
    pair = next(row for row in rows(data / "pairs" / f"{pool}.jsonl") if row["id"] == identity)
    messages = [{"role": "user", "content": pair["prompt"]}]
    prompt = encode(tokenizer, render(tokenizer, messages))
    completion = encode(tokenizer, pair[answer]) + [tokenizer.eos_token_id]
    example = {"source": identity, "messages": messages, "completion": pair[answer]}
    batch.append(example | {"ids": prompt + completion, "completion_start": len(prompt)})
  return batch


def lora(model, tokenizer, data, probe):
  batch = training_batch(tokenizer, data)
  with torch.no_grad():
    base_loss = batch_loss(model, batch)
  adapted = with_adapter(model)
  loss = batch_loss(adapted, batch)
  loss.backward()
  gradients = [p.grad for p in adapted.parameters() if p.requires_grad]
  norm = torch.stack([gradient.norm() for gradient in gradients]).norm()
  return {
    "rank": RANK,
    "alpha": ALPHA,
    "projections": PROJECTIONS,
    "batch": batch,
    "base_loss": number(base_loss),
    "loss": number(loss),
    "gradient_norm": number(norm),
    "logits": [distribution(next_logits(adapted, example["ids"]), probe) for example in batch],
  }


def reference(name, models, data, ids_directory):
  path = models / MODELS[name]
  model, tokenizer, pools = load(path), load_tokenizer(path), instructions(data)
  check_weights(model, path)
  probe = sorted(set(random_ids(200, model.config.vocab_size, seed=7)))
  chats = [[{"role": role, "content": pools.get(text, text)} for role, text in turns] for turns in CHATS]
  result = {
    "file": path.name,
    "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
    "probe_ids": probe,
    "prompts": [chat(model, tokenizer, messages, probe) for messages in chats],
    "texts": [{"text": text, "ids": encode(tokenizer, text)} for text in TEXTS],
    "pool_digest": pool_digest(tokenizer, data, ids_directory and ids_directory / f"{name}.ids.jsonl"),
  }
  if name == "smollm2-135m":
    result["lora"] = lora(model, tokenizer, data, probe)
  write_json(REFERENCE / f"{name}.json", result)


def main(models, data, ids_directory=None):
  for name, file in MODELS.items():
    if (models / file).exists():
      reference(name, models, data, ids_directory)
    else:
      print(f"{name}: left out, {models / file} is missing")


if __name__ == "__main__":
  if len(sys.argv) not in (3, 4):
    sys.exit(__doc__)
  main(*map(Path, sys.argv[1:]))
