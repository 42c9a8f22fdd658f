# One decoder layer, in the two parts around attention. T rows: positions of one sequence or of several;
# H hidden, D head_dim, P what is turned of it. lora holds the pairs of qkv, o, gate_up and down, see lora.py.
def rotations(positions: Tensor, inverse_frequencies: Tensor, styles: List[__torch__.style.Style], dtype: int) -> List[List[Tensor]]:
  # positions [T], inverse_frequencies [tables, P/2] -> cos and (-sin, sin), both [T, 1, P], of each table, and
  # last an empty list, for layers whose table is -1
  result = annotate(List[List[Tensor]], [])
  for t in range(inverse_frequencies.size(0)):
    factor = 1.0
    for i in range(len(styles)):
      if styles[i].rotary == t:
        factor = styles[i].rotary_factor
    angles = torch.outer(positions.to(6), inverse_frequencies[t])
    cos = __torch__.ops.scaled(torch.cos(angles), factor).to(dtype)
    sin = __torch__.ops.scaled(torch.sin(angles), factor).to(dtype)
    cos = torch.cat([cos, cos], -1).unsqueeze(1)
    sin = torch.cat([torch.neg(sin), sin], -1).unsqueeze(1)
    result.append([cos, sin])
  result.append(annotate(List[Tensor], []))
  return result
def project(layer: __torch__.weights.Layer, lora: List[List[Tensor]], x: Tensor, rotations: List[List[Tensor]]) -> Tuple[Tensor, Tensor, Tensor]:
  # x [T, H] -> q [T, heads, D], k and v [T, kv_heads, D]
  style = layer.style
  qkv = __torch__.ops.normed_linear(x, layer.input_norm, style.eps, layer.qkv, layer.qkv_bias, lora[0])
  qkv = qkv.view([x.size(0), -1, style.head_dim])
  qk = torch.slice(qkv, 1, 0, style.heads + style.kv_heads)
  qk = __torch__.layer.normed(layer, qk)
  rotation = rotations[style.rotary]
  if len(rotation) > 0:
    qk = __torch__.ops.rope(qk, rotation[0], rotation[1])
  q = torch.slice(qk, 1, 0, style.heads)
  k = torch.slice(qk, 1, style.heads)
  v = torch.slice(qkv, 1, style.heads + style.kv_heads)
  return (q, k, v)
def normed(layer: __torch__.weights.Layer, qk: Tensor) -> Tensor:
  # qk [T, heads + kv_heads, D], with the norms that the family has on queries and keys
  style = layer.style
  by_head = layer.head_norm
  if by_head is not None:
    return __torch__.ops.rms_norm(qk, None, style.eps) * by_head
  q_norm = layer.q_norm
  k_norm = layer.k_norm
  if q_norm is not None and k_norm is not None:
    q = torch.slice(qk, 1, 0, style.heads).flatten(1)
    k = torch.slice(qk, 1, style.heads).flatten(1)
    q = __torch__.ops.rms_norm(q, q_norm, style.eps)
    k = __torch__.ops.rms_norm(k, k_norm, style.eps)
    return torch.cat([q, k], -1).view(qk.size())
  return qk
def finish(layer: __torch__.weights.Layer, lora: List[List[Tensor]], x: Tensor, attended: Tensor) -> Tensor:
  # the rest of the layer after attention; x [T, H], attended [T, heads * D] -> [T, H]
  style = layer.style
  x = __torch__.layer.added(style, x, attended, layer.o, lora[1], layer.attended_norm)
  router = layer.router
  if router is not None:
    h = __torch__.ops.norm_if(x, layer.mlp_norm, style.eps)
    h = __torch__.ops.norm_if(__torch__.experts.mix(layer, router, h), layer.mlp_output_norm, style.eps)
    return torch.add(x, h, alpha=style.residual)
  h = __torch__.ops.gated_linear(x, layer.mlp_norm, style, layer.gate_up, lora[2])
  return __torch__.layer.added(style, x, h, layer.down, lora[3], layer.mlp_output_norm)
def added(style: __torch__.style.Style, x: Tensor, h: Tensor, matrix: __torch__.weights.Matrix, lora: List[Tensor], norm: Optional[Tensor]) -> Tensor:
  # x + the projection of h, with the norm and the factor that the family has on it
  if norm is None and style.residual == 1.0:
    return __torch__.ops.add_linear(x, h, matrix, lora)
  h = __torch__.ops.norm_if(__torch__.ops.lora_linear(h, matrix, None, lora), norm, style.eps)
  return torch.add(x, h, alpha=style.residual)
