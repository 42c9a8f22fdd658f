# What sampling on the host needs of the logits, in one small tensor.
def pack(hidden: Tensor, head: Tensor, cap: float, logits: Tensor, inverse_temperatures: Tensor, extra: Tensor) -> Tensor:
  # hidden [N, H] and head [V, H], whose product, capped, is logits [N, V] in fp32; inverse_temperatures [N]; extra
  # [N, E] token ids that are asked for by name ->
  # [N, 2 + 2K + E]: log-sum-exp at temperature 1 and at the row's own, K best logits, their ids, extra logits
  k = min(64, logits.size(1))
  best, ids = torch.topk(logits, k, -1, True, True)
  named = torch.gather(logits, 1, extra)
  if head.dtype != 6:
    # A bf16 logit of 20 is rounded to 1/8, which makes ties of near choices: those few are computed again.
    best, order = torch.sort(__torch__.candidates.exact(hidden, head, cap, ids), -1, True)
    ids = torch.gather(ids, 1, order)
    named = __torch__.candidates.exact(hidden, head, cap, extra)
  lse = torch.logsumexp(logits, [-1], True)
  scaled = torch.logsumexp(logits * inverse_temperatures.unsqueeze(1), [-1], True)
  return torch.cat([lse, scaled, best, ids.to(6), named], -1)
def exact(hidden: Tensor, head: Tensor, cap: float, ids: Tensor) -> Tensor:
  # ids [N, K] -> their logits [N, K], multiplied and summed in fp32
  return __torch__.ops.capped(torch.matmul(torch.embedding(head, ids).to(6), hidden.to(6).unsqueeze(-1)).squeeze(-1), cap)
