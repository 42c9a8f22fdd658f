# What sampling on the host needs of the logits, in one small tensor.
def pack(logits: Tensor, inverse_temperatures: Tensor, extra: Tensor) -> Tensor:
  # logits [N, V] fp32, inverse_temperatures [N], extra [N, E] token ids that are asked for by name ->
  # [N, 2 + 2K + E]: log-sum-exp at temperature 1 and at the row's own, K best logits, their ids, extra logits
  k = min(64, logits.size(1))
  best, ids = torch.topk(logits, k, -1, True, True)
  lse = torch.logsumexp(logits, [-1], True)
  scaled = torch.logsumexp(logits * inverse_temperatures.unsqueeze(1), [-1], True)
  return torch.cat([lse, scaled, best, ids.to(6), torch.gather(logits, 1, extra)], -1)
