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
