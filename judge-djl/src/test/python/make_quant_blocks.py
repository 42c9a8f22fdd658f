"""Makes blocks of every storage type and the floats that the Python package gguf decodes from them.

Run:   python make_quant_blocks.py
Needs: gguf 0.19.0, numpy 2.4.6, safetensors 0.8.0, torch 2.7.1 (the versions that made the stored files)
Makes: ../resources/reference/weights
         quants.gguf              two rows of each type
         quants-00001-of-00003.gguf and so on: the same, split
         quants-f32.safetensors   the same, decoded
         quants-bf16.safetensors  that, rounded by torch
         written.safetensors      what the reference writes for the tensors of SafetensorsWriterTest

The quants are random bytes, so every bit of a layout matters; only the scales, which are half floats,
are drawn as numbers: some negative, some subnormal, none so large that a product overflows.
"""

from pathlib import Path

import gguf
import numpy as np
import torch
from gguf import GGMLQuantizationType as Type
from gguf.constants import GGML_QUANT_SIZES
from safetensors.torch import save_file

OUT = Path(__file__).resolve().parents[1] / "resources" / "reference" / "weights"
ROWS = 2
# Where in a block its half floats lie.
SCALES = {
  Type.Q4_0: [0], Type.Q4_1: [0, 2], Type.Q5_0: [0], Type.Q5_1: [0, 2], Type.Q8_0: [0],
  Type.Q2_K: [80, 82], Type.Q3_K: [108], Type.Q4_K: [0, 2], Type.Q5_K: [0, 2], Type.Q6_K: [208],
  Type.IQ4_NL: [0], Type.IQ4_XS: [0],
}
EDGES = [0.0, -0.0, 1.0, -1.5, 6e-8, -6e-8, 6.0976e-5, 6.1035e-5, 65504.0, -65504.0, np.inf, -np.inf, 1 / 3, 0.1]


def blocks(rng, kind, count):
  size = GGML_QUANT_SIZES[kind][1]
  data = rng.integers(0, 256, (count, size), dtype=np.uint8)
  for at in SCALES[kind]:
    scale = rng.normal(0, 0.05, count)
    scale[::5] *= 1e-4  # subnormal in half precision
    data[:, at : at + 2] = scale.astype(np.float16).view(np.uint8).reshape(count, 2)
  return data


def floats(rng, kind):
  values = np.resize(np.concatenate([EDGES, rng.normal(0, 1, 18)]), ROWS * 32).astype(np.float32)
  return gguf.quantize(values.reshape(ROWS, 32), kind)


def main():
  OUT.mkdir(parents=True, exist_ok=True)
  rng = np.random.default_rng(7)
  whole = gguf.GGUFWriter(OUT / "quants.gguf", "none")
  split = gguf.GGUFWriter(OUT / "quants.gguf", "none", split_max_tensors=6)
  f32, bf16 = {}, {}
  for kind in [Type.F32, Type.F16, Type.BF16, *SCALES]:
    if kind in SCALES:
      count = 1 if GGML_QUANT_SIZES[kind][0] == 256 else 3
      data = blocks(rng, kind, ROWS * count).reshape(ROWS, -1)
    else:
      data = floats(rng, kind)
    for writer in whole, split:
      writer.add_tensor(kind.name, data, raw_dtype=kind)
    f32[kind.name] = torch.from_numpy(gguf.dequantize(data, kind).copy())
    bf16[kind.name] = f32[kind.name].to(torch.bfloat16)
  for writer in whole, split:
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
  save_file(f32, OUT / "quants-f32.safetensors")
  save_file(bf16, OUT / "quants-bf16.safetensors")
  save_file(
    {
      "b.second": torch.tensor([1.0, -2.5, 3.25]),
      "a.first": torch.tensor([[1.5, 2.0]], dtype=torch.bfloat16),
      "c.half": torch.tensor([[1.0], [2.0]], dtype=torch.float16),
      "d.scalar": torch.tensor(7.0),
      "e.empty": torch.zeros(0, 2),
    },
    OUT / "written.safetensors",
    {"format": "pt"},
  )


main()
