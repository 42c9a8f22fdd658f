"""Makes tiny random models and the numbers that transformers computes with them.

Run:   python make_tiny_models.py
Needs: torch 2.7.1, transformers 5.24.0, tokenizers 0.23.3, safetensors 0.8.0, gguf 0.19.0
       (the versions that made the stored files)
Makes: ../resources/reference/{tiny-llama, tiny-llama-bf16, tiny-llama-gguf, tiny-qwen2}

The weights are random but wide enough that attention, norms and biases all move the logits.
"""

import json
import shutil

import gguf
import numpy as np
import torch
from gguf_tokenizer import set_rules
from reference import REFERENCE, greedy, load, log_probabilities, next_logits, number, numbers, random_ids, write_json
from safetensors.torch import save_file
from tokenizers import AddedToken, Tokenizer, models, pre_tokenizers, trainers
from transformers import AutoTokenizer

SPECIALS = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]
TOKENS = 288
CHATML = (
  "{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\\n' + message['content']"
  " + '<|im_end|>' + '\\n' }}{% endfor %}"
  "{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}"
)
CORPUS = [
  "You are a helpful assistant. Compare the two answers and say which one is better.",
  "The first answer is correct and the second answer is not; therefore the first one is better.",
  "What is the capital of France? The capital of France is Paris, on the river Seine.",
  "If there are 12 apples and 5 are eaten, then 7 apples remain in the basket.",
]
TEXTS = [
  "The answer is 42.",
  "  two  spaces,\ttab\r\nand 2026-11-24\n\n\nlines  ",
  "It's naïve: Zürich 日本語 🙂 e\u0301 x²",
  "<|im_start|>user\nHi<|im_end|>\n",
  "",
]
CHAT = [
  {"role": "system", "content": "Compare the answers."},
  {"role": "user", "content": "Is 7 better than 5?\n"},
]

LLAMA = {
  "architectures": ["LlamaForCausalLM"],
  "model_type": "llama",
  "vocab_size": TOKENS,
  "hidden_size": 32,
  "intermediate_size": 64,
  "num_hidden_layers": 2,
  "num_attention_heads": 4,
  "num_key_value_heads": 2,
  "max_position_embeddings": 128,
  "rms_norm_eps": 1e-05,
  "rope_theta": 10000.0,
  "rope_scaling": None,
  "attention_bias": False,
  "mlp_bias": False,
  "hidden_act": "silu",
  "tie_word_embeddings": True,
  "bos_token_id": 1,
  "eos_token_id": 2,
  "torch_dtype": "float32",
}
# As transformers 5 writes a configuration: rope_parameters and dtype, where older ones say
# rope_theta and torch_dtype. The vocabulary is padded beyond the tokenizer's, as Qwen2's is.
QWEN2 = {
  "architectures": ["Qwen2ForCausalLM"],
  "model_type": "qwen2",
  "vocab_size": TOKENS + 8,
  "hidden_size": 32,
  "intermediate_size": 64,
  "num_hidden_layers": 2,
  "num_attention_heads": 4,
  "num_key_value_heads": 1,
  "max_position_embeddings": 128,
  "rms_norm_eps": 1e-06,
  "rope_parameters": {"rope_theta": 1000000.0, "rope_type": "default"},
  "hidden_act": "silu",
  "tie_word_embeddings": False,
  "use_sliding_window": False,
  "bos_token_id": TOKENS - 3,
  "eos_token_id": TOKENS - 1,
  "dtype": "bfloat16",
}


def weights(config, seed):
  """Random weights by Hugging Face name: normal, scaled by fan-in; norms around 1."""
  generator = torch.Generator().manual_seed(seed)

  def normal(*shape, std):
    return torch.randn(*shape, generator=generator) * std

  hidden, inner = config["hidden_size"], config["intermediate_size"]
  key_value = hidden // config["num_attention_heads"] * config["num_key_value_heads"]
  result = {"model.embed_tokens.weight": normal(config["vocab_size"], hidden, std=0.5)}
  for layer in range(config["num_hidden_layers"]):
    name = f"model.layers.{layer}."
    for projection, rows, columns, gain in [
      ("self_attn.q_proj", hidden, hidden, 1.8),
      ("self_attn.k_proj", key_value, hidden, 1.8),
      ("self_attn.v_proj", key_value, hidden, 1.2),
      ("self_attn.o_proj", hidden, hidden, 1.2),
      ("mlp.gate_proj", inner, hidden, 1.5),
      ("mlp.up_proj", inner, hidden, 1.5),
      ("mlp.down_proj", hidden, inner, 1.5),
    ]:
      result[name + projection + ".weight"] = normal(rows, columns, std=gain / columns**0.5)
      if config["model_type"] == "qwen2" and projection[10:] in ("q_proj", "k_proj", "v_proj"):
        result[name + projection + ".bias"] = normal(rows, std=0.7)
    for norm in ("input_layernorm", "post_attention_layernorm"):
      result[name + norm + ".weight"] = 1 + normal(hidden, std=0.25)
  result["model.norm.weight"] = 1 + normal(hidden, std=0.25)
  if not config["tie_word_embeddings"]:
    result["lm_head.weight"] = normal(config["vocab_size"], hidden, std=0.5)
  return result


def llama_tokenizer():
  """Byte-level BPE with SmolLM's rules: special tokens first, digits apart."""
  tokenizer = Tokenizer(models.BPE())
  set_rules(tokenizer, "smollm")
  train(tokenizer, SPECIALS, TOKENS)
  return tokenizer


def qwen2_tokenizer():
  """Byte-level BPE with Qwen2's rules: NFC, its own pattern, special tokens last."""
  tokenizer = Tokenizer(models.BPE())
  set_rules(tokenizer, "qwen2")
  train(tokenizer, [], TOKENS - len(SPECIALS))
  tokenizer.add_special_tokens([AddedToken(token, normalized=False, special=True) for token in SPECIALS])
  return tokenizer


def train(tokenizer, specials, size):
  alphabet = pre_tokenizers.ByteLevel.alphabet()
  trainer = trainers.BpeTrainer(
    vocab_size=size, special_tokens=specials, initial_alphabet=alphabet, show_progress=False
  )
  tokenizer.train_from_iterator(CORPUS, trainer)


def save(directory, config, shards, tokenizer):
  """Writes a model in Hugging Face layout; several shards get an index."""
  shutil.rmtree(directory, ignore_errors=True)
  directory.mkdir(parents=True)
  (directory / "config.json").write_text(json.dumps(config, indent=2) + "\n")
  for number_, shard in enumerate(shards, 1):
    name = "model.safetensors" if len(shards) == 1 else f"model-{number_:05}-of-{len(shards):05}.safetensors"
    save_file(shard, directory / name, metadata={"format": "pt"})
  if len(shards) > 1:
    index = {
      "metadata": {"total_size": sum(t.nbytes for shard in shards for t in shard.values())},
      "weight_map": {
        key: f"model-{number_:05}-of-{len(shards):05}.safetensors"
        for number_, shard in enumerate(shards, 1)
        for key in sorted(shard)
      },
    }
    (directory / "model.safetensors.index.json").write_text(json.dumps(index, indent=2) + "\n")
  tokenizer.save(str(directory / "tokenizer.json"), pretty=False)
  settings = {
    "add_bos_token": False,
    "bos_token": "<|im_start|>",
    "eos_token": "<|im_end|>",
    "pad_token": "<|endoftext|>",
    "unk_token": None,
    "chat_template": CHATML,
    "clean_up_tokenization_spaces": False,
    "model_max_length": config["max_position_embeddings"],
    "tokenizer_class": "PreTrainedTokenizerFast",
  }
  (directory / "tokenizer_config.json").write_text(json.dumps(settings, indent=2) + "\n")


def prompts(config):
  return [random_ids(length, TOKENS, seed) for seed, length in enumerate((1, 7, 33, 70), 100)]


@torch.no_grad()
def hidden_norms(model, ids):
  """L2 norms of the residual stream at each position: embedding, after each layer, after the last norm."""
  stages = []
  record = lambda module, inputs, output: stages.append(output[0] if isinstance(output, tuple) else output)
  modules = [model.model.embed_tokens, *model.model.layers, model.model.norm]
  handles = [module.register_forward_hook(record) for module in modules]
  model(torch.tensor([ids]), use_cache=False)
  for handle in handles:
    handle.remove()
  return [numbers(stage[0].norm(dim=-1)) for stage in stages]


def expected(model, config):
  cases = []
  for index, ids in enumerate(prompts(config)):
    continuation, lead = greedy(model, ids, 40 if index == 1 else 16)
    logits = numbers(next_logits(model, ids))
    cases.append({"ids": ids, "logits": logits, "greedy": continuation, "greedy_lead": number(lead)})
  medium = cases[2]["ids"]
  return {
    "prompts": cases,
    "hidden_norms": {"ids": cases[1]["ids"], "stages": hidden_norms(model, cases[1]["ids"])},
    "log_probabilities": {"ids": medium, "values": numbers(log_probabilities(model, medium))},
  }


def tokenization(directory):
  tokenizer = AutoTokenizer.from_pretrained(directory)
  rendered = tokenizer.apply_chat_template(CHAT, tokenize=False, add_generation_prompt=True)
  encode = lambda text: tokenizer(text, add_special_tokens=False)["input_ids"]
  return {
    "texts": [{"text": text, "ids": encode(text)} for text in TEXTS],
    "chat": {"messages": CHAT, "rendered": rendered, "ids": encode(rendered)},
  }


def logits_only(model, config, which):
  return {
    "prompts": [{"ids": ids, "logits": numbers(next_logits(model, ids))} for ids in (prompts(config)[i] for i in which)]
  }


def permute(tensor, heads):
  """The row order of q and k in GGUF llama files: RoPE pairs neighbours there, halves in Hugging Face."""
  rows, columns = tensor.shape
  return tensor.reshape(heads, 2, rows // heads // 2, columns).swapaxes(1, 2).reshape(rows, columns)


def write_gguf(path, config, tensors, tokenizer, kind):
  """Writes what llama.cpp's convert_hf_to_gguf writes for a llama with a SmolLM tokenizer."""
  writer = gguf.GGUFWriter(path, "llama")
  writer.add_name("tiny-llama")
  writer.add_block_count(config["num_hidden_layers"])
  writer.add_context_length(config["max_position_embeddings"])
  writer.add_embedding_length(config["hidden_size"])
  writer.add_feed_forward_length(config["intermediate_size"])
  writer.add_head_count(config["num_attention_heads"])
  writer.add_head_count_kv(config["num_key_value_heads"])
  writer.add_rope_freq_base(config["rope_theta"])
  writer.add_layer_norm_rms_eps(config["rms_norm_eps"])
  writer.add_vocab_size(config["vocab_size"])
  writer.add_rope_dimension_count(config["hidden_size"] // config["num_attention_heads"])
  q8 = kind == gguf.GGMLQuantizationType.Q8_0
  writer.add_file_type(gguf.LlamaFileType.MOSTLY_Q8_0 if q8 else gguf.LlamaFileType.ALL_F32)
  add_tokenizer(writer, tokenizer)
  names = gguf.get_tensor_name_map(gguf.MODEL_ARCH.LLAMA, config["num_hidden_layers"])
  for name, tensor in tensors.items():
    data = tensor.numpy()
    if name.endswith("q_proj.weight"):
      data = permute(data, config["num_attention_heads"])
    if name.endswith("k_proj.weight"):
      data = permute(data, config["num_key_value_heads"])
    target = names.get_name(name, try_suffixes=(".weight",))
    if q8 and data.ndim == 2:
      writer.add_tensor(target, gguf.quants.quantize(data, kind), raw_dtype=kind)
    else:
      writer.add_tensor(target, np.ascontiguousarray(data))
  writer.write_header_to_file()
  writer.write_kv_data_to_file()
  writer.write_tensors_to_file()
  writer.close()


def add_tokenizer(writer, tokenizer):
  model = json.loads(tokenizer.to_str())["model"]
  tokens = sorted(model["vocab"], key=model["vocab"].get)
  control, normal = gguf.TokenType.CONTROL, gguf.TokenType.NORMAL
  writer.add_tokenizer_model("gpt2")
  writer.add_tokenizer_pre("smollm")
  writer.add_token_list(tokens)
  writer.add_token_types([control if token in SPECIALS else normal for token in tokens])
  writer.add_token_merges([" ".join(pair) for pair in model["merges"]])
  writer.add_bos_token_id(1)
  writer.add_eos_token_id(2)
  writer.add_pad_token_id(0)
  writer.add_add_bos_token(False)
  writer.add_chat_template(CHATML)


def main():
  tensors, tokenizer = weights(LLAMA, seed=1), llama_tokenizer()
  llama = REFERENCE / "tiny-llama"
  save(llama, LLAMA, [tensors], tokenizer)
  model = load(llama)
  write_json(llama / "expected.json", expected(model, LLAMA) | tokenization(llama))

  half = REFERENCE / "tiny-llama-bf16"
  save(half, LLAMA | {"torch_dtype": "bfloat16"}, [{k: v.bfloat16() for k, v in tensors.items()}], tokenizer)
  write_json(half / "expected.json", logits_only(load(half), LLAMA, (1, 2)))

  directory = REFERENCE / "tiny-llama-gguf"
  shutil.rmtree(directory, ignore_errors=True)
  directory.mkdir()
  for name, kind in [("f32", gguf.GGMLQuantizationType.F32), ("q8_0", gguf.GGMLQuantizationType.Q8_0)]:
    write_gguf(directory / f"tiny-llama-{name}.gguf", LLAMA, tensors, tokenizer, kind)
  unquantised = load(directory / "tiny-llama-f32.gguf")
  for ids in prompts(LLAMA):
    assert torch.equal(next_logits(unquantised, ids), next_logits(model, ids)), "the permutation is wrong"
  quantised = load(directory / "tiny-llama-q8_0.gguf")
  write_json(directory / "expected-q8_0.json", logits_only(quantised, LLAMA, (1, 2)))

  tensors = {key: value.bfloat16() for key, value in weights(QWEN2, seed=3).items()}
  first = [key for key in tensors if "layers.1." not in key and key not in ("model.norm.weight", "lm_head.weight")]
  shards = [{key: tensors[key] for key in first}, {key: tensors[key] for key in tensors if key not in first}]
  qwen2 = REFERENCE / "tiny-qwen2"
  save(qwen2, QWEN2, shards, qwen2_tokenizer())
  write_json(qwen2 / "expected.json", expected(load(qwen2), QWEN2) | tokenization(qwen2))


if __name__ == "__main__":
  main()
