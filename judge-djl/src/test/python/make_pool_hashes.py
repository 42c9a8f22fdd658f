"""Hashes the ids and renders that transformers gives for 2,131 real instructions, for the tests tagged `weights`.

Needs: transformers 5.24.0, tokenizers 0.23.3, gguf 0.19.0
Run:   python make_pool_hashes.py MODELS DATA
Makes: ../resources/templates/pool-hashes.json

MODELS is the folder that .ci/fetch-models fills, DATA the one that holds pools/*.jsonl.

transformers builds a tokenizer from a GGUF file, but not quite the model's own: it leaves out that SmolLM2 cuts every
digit off by itself and that Qwen2 normalizes to NFC, both of which are in the models' tokenizer.json. Put in here.
"""

import hashlib
import json
import pathlib
import sys

from tokenizers import normalizers, pre_tokenizers
from transformers import AutoTokenizer

# So many instructions of each, from the start of the file; some pools are smaller. There is code, emoji, and among
# those of arena-hard many that are not in English.
COUNT = 200
POOLS = ["aqua", "arena-hard", "followbench", "gpteacher-codegen", "gpteacher-roleplay", "humaneval", "ifeval", "mbpp",
         "oasst-en100", "p3", "selfinstruct-seed", "selfinstruct-user"]
MODELS = {"smollm2": "smollm2-135m-instruct-q4_1.gguf", "qwen2.5-coder-0.5b": "qwen2.5-coder-0.5b-instruct.gguf",
          "qwen2.5-coder-1.5b": "qwen2.5-coder-1.5b-instruct.gguf"}
OUTPUT = pathlib.Path(__file__).parent.parent / "resources" / "templates" / "pool-hashes.json"


def tokenizer(models, name):
  loaded = AutoTokenizer.from_pretrained(models, gguf_file=MODELS[name])
  if name == "smollm2":
    loaded.backend_tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
      [pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False)])
  else:
    loaded.backend_tokenizer.normalizer = normalizers.NFC()
  return loaded


def instructions(data, pool):
  with open(pathlib.Path(data) / "pools" / f"{pool}.jsonl", encoding="utf-8") as lines:
    return [json.loads(line)["instruction"] for _, line in zip(range(COUNT), lines)]


def sha256(parts):
  digest = hashlib.sha256()
  for part in parts:
    digest.update(part.encode("utf-8"))
    digest.update(b"\n")
  return digest.hexdigest()


def ids(values):
  return " ".join(map(str, values))


def main(models, data):
  pools = {pool: instructions(data, pool) for pool in POOLS}
  special = ("<|im_", "<|endoftext|>", "<|fim_", "<|file_sep|>", "<file_sep>", "<|repo_name|>", "<repo_name>")
  assert not any(s in text for texts in pools.values() for text in texts for s in special)
  result = {"count": sum(map(len, pools.values())), "of_each_pool": COUNT, "models": {}}
  for name in MODELS:
    loaded = tokenizer(models, name)
    result["models"][name] = {
      pool: {
        "ids": sha256(ids(loaded.encode(text, add_special_tokens=False)) for text in texts),
        "renders": sha256(loaded.apply_chat_template([{"role": "user", "content": text}], tokenize=False,
                                                     add_generation_prompt=True) for text in texts),
        "chats": sha256(ids(loaded.apply_chat_template(
          [{"role": "system", "content": "Be brief."}, {"role": "user", "content": text},
           {"role": "assistant", "content": "Yes."}, {"role": "user", "content": "Why?"}],
          tokenize=True, return_dict=False, add_generation_prompt=True)) for text in texts),
      } for pool, texts in pools.items()}
  OUTPUT.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
  print(result["count"], "instructions")


if __name__ == "__main__":
  main(*sys.argv[1:])
