# Memory that the host fills with bytes, because it has no bf16 of its own.
class Memory(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  def allocate(self: __torch__.memory.Memory, shape: Tensor, dtype: Tensor) -> Tensor:
    sizes = annotate(List[int], [])
    for i in range(shape.size(0)):
      sizes.append(int(shape[i]))
    return torch.empty(sizes, dtype=int(dtype))
  def rows(self: __torch__.memory.Memory, x: Tensor, span: Tensor) -> Tensor:
    return torch.slice(x, 0, int(span[0]), int(span[1]))
  def changed(self: __torch__.memory.Memory, x: Tensor, numbers: Tensor) -> Tensor:
    return ((x.to(6) + float(numbers[0])) / float(numbers[1])).to(x.dtype)
  def place(self: __torch__.memory.Memory, x: Tensor, like: Tensor) -> Tensor:
    return x.to(like.device)
