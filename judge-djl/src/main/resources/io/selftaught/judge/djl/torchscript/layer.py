# One decoder layer, in the two parts around attention. T rows: positions of one sequence or of several;
# H hidden, D head_dim. lora holds the pairs of qkv, o, gate_up and down, see lora.py.
def rotations(positions: Tensor, inverse_frequencies: Tensor, dtype: int) -> Tuple[Tensor, Tensor]:
  # positions [T] -> cos, sin [T, 1, D]
  angles = torch.outer(positions.to(6), inverse_frequencies)
  angles = torch.cat([angles, angles], -1).unsqueeze(1)
  return (torch.cos(angles).to(dtype), torch.sin(angles).to(dtype))
def project(layer: __torch__.weights.Layer, lora: List[List[Tensor]], kv_heads: int, eps: float, x: Tensor, cos: Tensor, sin: Tensor) -> Tuple[Tensor, Tensor, Tensor]:
  # x [T, H] -> q [T, heads, D], k and v [T, kv_heads, D]
  h = __torch__.ops.rms_norm(x, layer.input_norm, eps)
  qkv = __torch__.ops.lora_linear(h, layer.qkv, layer.qkv_bias, lora[0])
  qkv = qkv.view([x.size(0), -1, cos.size(-1)])
  heads = qkv.size(1) - 2 * kv_heads
  qk = __torch__.ops.rope(torch.slice(qkv, 1, 0, heads + kv_heads), cos, sin)
  q = torch.slice(qk, 1, 0, heads)
  k = torch.slice(qk, 1, heads)
  v = torch.slice(qkv, 1, heads + kv_heads)
  return (q, k, v)
def finish(layer: __torch__.weights.Layer, lora: List[List[Tensor]], eps: float, x: Tensor, attended: Tensor) -> Tensor:
  # the rest of the layer after attention; x [T, H], attended [T, heads * D] -> [T, H]
  x = x + __torch__.ops.lora_linear(attended, layer.o, None, lora[1])
  h = __torch__.ops.rms_norm(x, layer.post_attention_norm, eps)
  gate_up = __torch__.ops.lora_linear(h, layer.gate_up, None, lora[2])
  return x + __torch__.ops.lora_linear(__torch__.ops.swiglu(gate_up), layer.down, None, lora[3])
