# Stores rows as keys and values in 8 bits and reads them again.
class Cached(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  def keys(self: __torch__.cached.Cached, k: Tensor, v: Tensor) -> Tensor:
    return self.read(k, v)[0]
  def values(self: __torch__.cached.Cached, k: Tensor, v: Tensor) -> Tensor:
    return self.read(k, v)[1]
  def balanced(self: __torch__.cached.Cached, raw: Dict[str, Tensor], ids: Tensor) -> Tensor:
    # how much the numbers of the first layer's keys that need no balance change, of their size, and how much
    # scores would if nothing were stored
    styles = __torch__.style.styles(raw)
    layer = __torch__.weights.layers(raw, styles)[0]
    frequencies = raw["inverse_frequencies"]
    rotations = __torch__.layer.rotations(torch.arange(ids.size(0), dtype=4), frequencies, styles, 6)
    none = annotate(List[List[Tensor]], [[], [], [], []])
    q, k, v = __torch__.layer.project(layer, none, torch.embedding(raw["embedding"], ids), rotations)
    balance = __torch__.cache.balance(layer, 2 * frequencies.size(1))
    plain = (balance[1] == 1.0).to(6)
    read = self.read(k * balance[1], v)[0] / balance[1]
    change = torch.linalg_vector_norm((read - k) * plain) / torch.linalg_vector_norm(k * plain)
    factors = balance[0].view([k.size(1), -1, k.size(2)]) * balance[1].unsqueeze(1)
    return torch.stack([change, torch.linalg_vector_norm(factors - 1)])
  def read(self: __torch__.cached.Cached, k: Tensor, v: Tensor) -> List[Tensor]:
    # k and v [.., D] -> the same, a little different
    rows = __torch__.cache.encode(k, v, True)
    return [__torch__.cache.decode(rows[0], k.dtype), __torch__.cache.decode(rows[1], v.dtype)]
