# Weights of 4 bits in groups of 32 of a row: (number - 8) * scale + zero. T rows, G groups.
def linear(x: Tensor, matrix: __torch__.weights.Matrix) -> Tensor:
  # x [T, in] -> [T, out], each row by itself, in a time that grows with the rows
  scales = matrix.scale
  assert scales is not None
  weight = matrix.weight.view([scales.size(1), -1])
  return ops.aten._weight_int4pack_mm_for_cpu(x.to(15), weight, 32, scales).to(x.dtype)
def pays(T: int) -> bool:
  # whether so many rows are multiplied faster by matrices that are written out first
  return T >= 48
def written_out(layer: __torch__.weights.Layer, dtype: int) -> __torch__.weights.Layer:
  # with matrices in what is computed in
  gate_up = annotate(List[__torch__.weights.Matrix], [])
  for i in range(len(layer.gate_up)):
    gate_up.append(__torch__.int4.matrix(layer.gate_up[i], dtype))
  return __torch__.weights.Layer(
    layer.style,
    layer.input_norm,
    __torch__.int4.matrix(layer.qkv, dtype),
    layer.qkv_bias,
    layer.head_norm,
    layer.q_norm,
    layer.k_norm,
    __torch__.int4.matrix(layer.o, dtype),
    layer.attended_norm,
    layer.mlp_norm,
    layer.router,
    gate_up,
    __torch__.int4.matrix(layer.down, dtype),
    layer.mlp_output_norm)
def matrix(matrix: __torch__.weights.Matrix, dtype: int) -> __torch__.weights.Matrix:
  scales = matrix.scale
  if matrix.zero is not None or scales is None:
    return matrix
  return __torch__.weights.Matrix(__torch__.int4.numbers(matrix.weight, scales, dtype).t(), None, None)
def numbers(blocks: Tensor, scales: Tensor, dtype: int) -> Tensor:
  # blocks [out / B, in, B / 2] of B outputs, the second half of them in the upper bits; scales [G, out, 2]
  # -> [in, out]. Some blocks at a time, so that what is in between stays in the cache.
  n = blocks.size(0)
  B = 2 * blocks.size(2)
  G = scales.size(0)
  scales = scales.view([G, 1, n, B, 2])
  result = torch.empty([G, 32, n, B], dtype=dtype)
  step = max(1, 1048576 // (blocks.size(1) * B))
  for i in range((n + step - 1) // step):
    some = torch.slice(blocks, 0, i * step, (i + 1) * step)
    some = torch.cat([torch.__and__(some, 15), torch.__rshift__(some, 4)], -1).to(dtype)
    scale, zero = torch.unbind(torch.slice(scales, 2, i * step, (i + 1) * step).to(dtype), -1)
    zero = torch.sub(zero, scale, alpha=8)
    some = some.view([-1, G, 32, B]).permute([1, 2, 0, 3])
    _ = torch.addcmul(zero, some, scale.contiguous(), value=1, out=torch.slice(result, 2, i * step, (i + 1) * step))
  return result.view([G * 32, n * B])
