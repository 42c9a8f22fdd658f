# Mixture of experts (Fedus et al. 2022; Jiang et al. 2024): each position goes through the feed-forward
# networks that its router likes best. T positions, H hidden, W width, E experts, K chosen of them.
def mix(layer: __torch__.weights.Layer, router: Tensor, x: Tensor) -> Tensor:
  # x [T, H], router [E, H] -> [T, H]
  style = layer.style
  shares = torch.softmax(torch.linear(x, router).to(6), -1)
  share, expert = torch.topk(shares, style.chosen, -1, True, True)
  if style.normalised:
    share = share / torch.sum(share, [-1], True)
  share = share.to(x.dtype)
  H = x.size(-1)
  W2 = layer.gate_up[0].weight.size(0) // style.experts
  y = torch.zeros_like(x)
  for e in range(style.experts):
    places = torch.nonzero(expert == e)
    if places.size(0) > 0:
      rows = torch.select(places, 1, 0)
      h = torch.linear(x.index_select(0, rows), torch.slice(layer.gate_up[0].weight, 0, e * W2, (e + 1) * W2))
      h = torch.linear(__torch__.ops.gated(h, style.gelu), torch.slice(layer.down.weight, 0, e * H, (e + 1) * H))
      weight = torch.gather(share.index_select(0, rows), 1, torch.slice(places, 1, 1))
      y = torch.index_add(y, 0, rows, h * weight)
  return y
