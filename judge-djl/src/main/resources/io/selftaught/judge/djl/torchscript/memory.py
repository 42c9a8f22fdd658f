# Memory that the host fills with bytes, because it has no bf16 of its own.
class Memory(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  def allocate(self: __torch__.memory.Memory, shape: Tensor, dtype: Tensor) -> Tensor:
    return torch.empty(self.sizes(shape), dtype=int(dtype))
  def shaped(self: __torch__.memory.Memory, x: Tensor, shape: Tensor) -> Tensor:
    # the first numbers of x [elements] in another shape, in the same memory
    sizes = self.sizes(shape)
    elements = 1
    for size in sizes:
      elements = elements * size
    return torch.slice(x, 0, 0, elements).view(sizes)
  def sizes(self: __torch__.memory.Memory, shape: Tensor) -> List[int]:
    sizes = annotate(List[int], [])
    for i in range(shape.size(0)):
      sizes.append(int(shape[i]))
    return sizes
  def rows(self: __torch__.memory.Memory, x: Tensor, span: Tensor) -> Tensor:
    return torch.slice(x, 0, int(span[0]), int(span[1]))
  def changed(self: __torch__.memory.Memory, x: Tensor, numbers: Tensor) -> Tensor:
    return ((x.to(6) + float(numbers[0])) / float(numbers[1])).to(x.dtype)
  def place(self: __torch__.memory.Memory, x: Tensor, like: Tensor) -> Tensor:
    return x.to(like.device)
  def packs(self: __torch__.memory.Memory, x: Tensor) -> Tensor:
    # whether pack can be used for bf16
    return torch.tensor(ops.mkldnn._is_mkldnn_bf16_supported(), dtype=11)
  def pack(self: __torch__.memory.Memory, x: Tensor, span: Tensor) -> Tensor:
    # rows of a projection, laid out as oneDNN multiplies them: nothing is left to rearrange for each product
    rows = torch.slice(x, 0, int(span[0]), int(span[1]))
    return ops.mkldnn._reorder_linear_weight(rows.contiguous(), None)
  def quantise(self: __torch__.memory.Memory, rows: Tensor, numbers: Tensor, scale: Tensor, at: Tensor) -> Tensor:
    # rows [n, in] of a matrix, from its row at[0] on, into numbers [out, in] int8, within -at[1] .. at[1], times
    # scale [out]
    first = int(at[0])
    rows = rows.to(6)
    step = torch.clamp_min(torch.div(torch.amax(torch.abs(rows), [-1], True), int(at[1])), 1e-30)
    end = first + rows.size(0)
    _ = torch.slice(numbers, 0, first, end).copy_(torch.round_(torch.div(rows, step)))
    _ = torch.slice(scale, 0, first, end).copy_(step.squeeze(-1))
    return numbers
  def pack_int8(self: __torch__.memory.Memory, numbers: Tensor) -> Tensor:
    # int8 [out, in] as oneDNN multiplies them, see quantised.py
    return ops.onednn.qlinear_prepack(numbers, None)
  def multiplies_int8(self: __torch__.memory.Memory, limit: Tensor) -> Tensor:
    # whether the largest inputs times weights of at most so much are what they should be: without VNNI, sums of
    # two products can be beyond 16 bits
    weights = torch.full([64, 64], int(limit), dtype=1)
    inputs = torch.full([2, 64], 127, dtype=1)
    scale = torch.ones([64], dtype=6)
    none = annotate(List[Optional[number]], [])
    y = ops.onednn.qlinear_pointwise(inputs, 1.0, 0, ops.onednn.qlinear_prepack(weights, None), scale, torch.zeros([64], dtype=3), None, 1.0, 0, 6, "none", none, "")
    return torch.all(y == 64.0 * 127.0 * int(limit))
  def quantise_int4(self: __torch__.memory.Memory, rows: Tensor, numbers: Tensor, scales: Tensor, at: Tensor) -> Tensor:
    # rows [n, in] of a matrix, from its row at[0] on, into numbers [out, in] of 0 .. 15 and scales [in / 32, out, 2],
    # see int4.py; numbers are those nearest with the scale and zero that are kept
    groups = rows.to(6).view([rows.size(0), -1, 32])
    least = torch.amin(groups, [-1])
    step = torch.clamp_min(torch.div(torch.amax(groups, [-1]) - least, 15), 1e-30).to(15).to(6)
    zero = (least + step * 8).to(15).to(6)
    nearest = torch.round_(torch.div(groups - zero.unsqueeze(-1), step.unsqueeze(-1))) + 8
    end = int(at[0]) + rows.size(0)
    _ = torch.slice(numbers, 0, int(at[0]), end).copy_(torch.clamp(nearest, 0, 15).view([rows.size(0), -1]))
    _ = torch.slice(scales, 1, int(at[0]), end).copy_(torch.stack([step, zero], -1).transpose(0, 1))
    return numbers
  def scale_int4(self: __torch__.memory.Memory, groups: Tensor, scales: Tensor, at: Tensor) -> Tensor:
    # scale and minimum of each group of rows, [n, in / 32, 2], into scales, as above
    step = torch.select(groups, -1, 0)
    zero = torch.select(groups, -1, 1) + step * 8
    end = int(at[0]) + groups.size(0)
    _ = torch.slice(scales, 1, int(at[0]), end).copy_(torch.stack([step, zero], -1).transpose(0, 1))
    return scales
  def pack_int4(self: __torch__.memory.Memory, numbers: Tensor, block: Tensor) -> Tensor:
    # numbers [out, in] -> blocks as int4.py has them. The kernel's packing wants 4 bytes a number: some rows at a
    # time, in whole blocks.
    N = numbers.size(0)
    K = numbers.size(1)
    packed = torch.empty([N, K // 2], dtype=0)
    step = max(1, 65536 // K) * 64
    for i in range((N + step - 1) // step):
      rows = torch.slice(numbers, 0, i * step, (i + 1) * step)
      _ = torch.slice(packed, 0, i * step, (i + 1) * step).copy_(ops.aten._convert_weight_to_int4pack_for_cpu(rows.to(3), 1))
    return packed.view([-1, K, int(block) // 2])
  def int4_block(self: __torch__.memory.Memory, unused: Tensor) -> Tensor:
    # how many outputs are a block here, which differs by processor; 0 if they are laid out in another way
    numbers = torch.remainder(torch.floor_divide(torch.square(torch.arange(8192, dtype=4)), 3), 16).view([128, 64])
    scales = torch.stack([torch.ones([2, 128], dtype=15), torch.full([2, 128], 8, dtype=15)], -1)
    for block in [64, 32]:
      blocks = self.pack_int4(numbers, torch.tensor(block))
      if torch.equal(__torch__.int4.numbers(blocks, scales, 6), numbers.t().to(6)):
        return torch.tensor(block)
    return torch.tensor(0)
  def put_bytes(self: __torch__.memory.Memory, rows: Tensor, table: Tensor, at: Tensor) -> Tensor:
    # rows [n, H] of a matrix, from its row at[0] on, into table [V, H + 2] in bytes as cache.py has rows
    _ = torch.slice(table, 0, int(at[0]), int(at[0]) + rows.size(0)).copy_(__torch__.cache.in_bytes(rows))
    return table
