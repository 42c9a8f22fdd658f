"""Prints what RealModelsTest expects of a GGUF file of a llama or qwen2 model.

Run:   python digest_gguf.py FILE.gguf
Needs: gguf 0.19.0, numpy 2.4.6, torch 2.7.1 (the versions that the stored digests are from)

SHA-256 over all tensors in the order of their Hugging Face names: decoded by gguf, the rows of llama's
q and k reordered by the formula of transformers' modeling_gguf_pytorch_utils, and rounded by torch.
"""

import hashlib
import sys

import gguf
import numpy as np
import torch

PARTS = {
  "attn_norm": "input_layernorm", "ffn_norm": "post_attention_layernorm",
  "attn_q": "self_attn.q_proj", "attn_k": "self_attn.k_proj", "attn_v": "self_attn.v_proj",
  "attn_output": "self_attn.o_proj", "ffn_gate": "mlp.gate_proj", "ffn_up": "mlp.up_proj",
  "ffn_down": "mlp.down_proj",
}
OUTSIDE = {
  "token_embd.weight": "model.embed_tokens.weight", "output_norm.weight": "model.norm.weight",
  "output.weight": "lm_head.weight",
}


def tensors(path):
  reader = gguf.GGUFReader(path)
  architecture = reader.fields["general.architecture"].contents()
  heads = reader.fields[f"{architecture}.attention.head_count"].contents()
  key_heads = reader.fields[f"{architecture}.attention.head_count_kv"].contents()
  for tensor in reader.tensors:
    weight = gguf.dequantize(tensor.data, tensor.tensor_type)
    if tensor.name in OUTSIDE:
      yield OUTSIDE[tensor.name], weight
      continue
    _, layer, part, kind = tensor.name.split(".")
    if architecture == "llama" and part in ("attn_q", "attn_k"):
      count = heads if part == "attn_q" else key_heads
      split = weight.reshape(count, weight.shape[0] // count // 2, 2, *weight.shape[1:])
      weight = split.swapaxes(2, 1).reshape(weight.shape)
    yield f"model.layers.{layer}.{PARTS[part]}.{kind}", weight


def main():
  f32, bf16 = hashlib.sha256(), hashlib.sha256()
  for _, weight in sorted(tensors(sys.argv[1]), key=lambda item: item[0]):
    f32.update(np.ascontiguousarray(weight).tobytes())
    bf16.update(torch.from_numpy(weight.copy()).to(torch.bfloat16).view(torch.int16).numpy().tobytes())
  print("F32 ", f32.hexdigest())
  print("BF16", bf16.hexdigest())


main()
