"""Makes the perplexities that llama.cpp gives real models on a fixed text, for tests tagged `weights`.

Run:   python make_perplexities.py DIR_MODELS DIR_LLAMA_CPP
       DIR_MODELS is the folder that .ci/fetch-models --large fills, DIR_LLAMA_CPP the one that holds
       llama-perplexity and llama-quantize
Needs: llama.cpp as llama-cpp-python 0.3.16 carries it (what made the stored file), on one thread;
       5 GB of memory and disk, half an hour on one core
Makes: ../resources/reference/perplexity/perplexities.json, DIR_MODELS/requantised/*.gguf

The text is cut into chunks of 512 tokens, each read alone (after the begin-of-text token, where the
vocabulary asks for one in place of the chunk's first), and the tokens of its second half are scored.
Where weights are quantised, llama.cpp rounds activations to 8 bits, which alone changes a perplexity by
up to 1 %. So there are two numbers a file: with the weights as they are, and with the same weights
written out in bf16, which is what judge-djl computes with.
"""

import re
import subprocess
import sys
from pathlib import Path

from reference import REFERENCE, write_json

FOLDER = REFERENCE / "perplexity"
TEXT = FOLDER / "croquet-ground.txt"
CONTEXT = 512
FETCHED = [
  "smollm2-135m-instruct-q4_1.gguf",
  "qwen2.5-coder-0.5b-instruct.gguf",
  "gemma-3-270m-q4_k_m.gguf",
  "qwen2.5-coder-1.5b-instruct.gguf",
]
# By name, what is quantised once more and how; super-blocks need rows of a multiple of 256, which of
# these models only that of 1.5B has.
REQUANTISED = {
  "smollm2-135m-q4_0": (FETCHED[0], "Q4_0"),
  "smollm2-135m-q8_0": (FETCHED[0], "Q8_0"),
  "smollm2-135m-iq4_nl": (FETCHED[0], "IQ4_NL"),
  "smollm2-135m-q5_1": (FETCHED[0], "Q5_1"),
  "smollm2-135m-bf16": (FETCHED[0], "BF16"),
  "qwen2.5-coder-0.5b-q4_0": (FETCHED[1], "Q4_0"),
  "qwen2.5-coder-0.5b-q8_0": (FETCHED[1], "Q8_0"),
  "qwen2.5-coder-1.5b-iq4_xs": (FETCHED[3], "IQ4_XS"),
}


def run(*command):
  done = subprocess.run([*map(str, command)], capture_output=True, text=True, encoding="utf-8")
  if done.returncode:
    sys.exit(done.stderr)
  return done.stdout + done.stderr


def requantise(models, llama_cpp, name):
  source, kind = REQUANTISED[name]
  target = models / "requantised" / f"{name}.gguf"
  if not target.exists():
    target.parent.mkdir(exist_ok=True)
    run(llama_cpp / "llama-quantize", "--allow-requantize", models / source, target, kind, 1)
  return f"requantised/{name}.gguf"


def perplexities(path, llama_cpp):
  in_bf16 = path.with_suffix(".bf16.tmp")
  run(llama_cpp / "llama-quantize", "--allow-requantize", path, in_bf16, "BF16", 1)
  chunks, as_stored = perplexity(path, llama_cpp)
  result = {"chunks": chunks, "as_stored": as_stored, "in_bf16": perplexity(in_bf16, llama_cpp)[1]}
  in_bf16.unlink()
  return result


def perplexity(path, llama_cpp):
  sizes = ("-c", CONTEXT, "-b", CONTEXT, "-t", 1)
  output = run(llama_cpp / "llama-perplexity", "-m", path, "-f", TEXT, *sizes)
  # After each chunk, the perplexity of all up to that.
  running = [float(value) for value in re.findall(r"\[\d+\](\d+\.\d+),", output)]
  final = float(re.search(r"Final estimate: PPL = (\d+\.\d+)", output).group(1))
  assert running[-1] == final, output
  return len(running), final


def main(models, llama_cpp):
  files = FETCHED + [requantise(models, llama_cpp, name) for name in REQUANTISED]
  result = {"text": TEXT.name, "context": CONTEXT}
  for file in files:
    result[file] = perplexities(models / file, llama_cpp)
    print(file, result[file], flush=True)
  write_json(FOLDER / "perplexities.json", result)


if __name__ == "__main__":
  if len(sys.argv) != 3:
    sys.exit(__doc__)
  main(*map(Path, sys.argv[1:]))
