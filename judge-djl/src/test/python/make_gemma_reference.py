"""Makes the numbers that transformers computes with the real Gemma 3 270M, for tests tagged `weights`.

Run:   python make_gemma_reference.py DIR_MODELS DIR_DATA
       DIR_MODELS holds gemma-3-270m-q4_k_m.gguf, DIR_DATA the folder pools
Needs: torch 2.7.1, transformers 5.24.0, gguf 0.19.0 (the versions that made the stored file); 5 GB of memory
Makes: ../resources/reference/gemma-3-270m.json

It is a base model without a chat template: prompts are plain text, the last one longer than the window of 512.
"""

import hashlib
import sys
from pathlib import Path

import gguf
import numpy as np
from make_real_references import distribution, instructions
from reference import REFERENCE, greedy, load, next_logits, number, random_ids, write_json
from transformers import AutoTokenizer

FILE = "gemma-3-270m-q4_k_m.gguf"
BEGIN = 2
TEXTS = [
  "The capital of France is",
  "def fibonacci(n):\n    if n < 2:\n        return n\n    return",
]
LONG = 700


def check_weights(model, path):
  """Fails unless the model has the dequantised tensors of the file, its norms without the 1."""
  names = gguf.get_tensor_name_map(gguf.MODEL_ARCH.GEMMA3, model.config.num_hidden_layers)
  state = model.state_dict()
  hf_name = {names.get_name(n, try_suffixes=(".weight",)): n for n in state if n != "lm_head.weight"}
  for tensor in gguf.GGUFReader(path).tensors:
    expected = gguf.dequantize(tensor.data, tensor.tensor_type)
    actual = state[hf_name.pop(tensor.name)].numpy()
    if "norm" in tensor.name:
      expected = expected - 1
    assert np.array_equal(expected.reshape(actual.shape), actual), tensor.name
  assert not hf_name, hf_name


def main(models, data):
  path = models / FILE
  model = load(path)
  check_weights(model, path)
  assert model.config.sliding_window == 512 and model.config.layer_types.count("full_attention") == 3
  tokenizer = AutoTokenizer.from_pretrained(models, gguf_file=FILE)
  encode = lambda text: [BEGIN] + tokenizer(text, add_special_tokens=False)["input_ids"]
  pools = instructions(data)
  long = encode("\n\n".join(pools[key] for key in sorted(pools) if key.startswith("oasst-00")))[:LONG]
  probe = sorted(set(random_ids(200, model.config.vocab_size, seed=7)))
  prompts = []
  for ids in [*map(encode, TEXTS), long]:
    continuation, lead = greedy(model, ids, 64)
    print(len(ids), lead, repr(tokenizer.decode(continuation))[:200])
    result = {"ids": ids} | distribution(next_logits(model, ids), probe)
    prompts.append(result | {"greedy": continuation, "greedy_lead": number(lead)})
  digest = hashlib.sha256(path.read_bytes()).hexdigest()
  result = {"file": FILE, "sha256": digest, "probe_ids": probe, "prompts": prompts}
  write_json(REFERENCE / "gemma-3-270m.json", result)


if __name__ == "__main__":
  if len(sys.argv) != 3:
    sys.exit(__doc__)
  main(*map(Path, sys.argv[1:]))
