# What sampling on the host needs of the logits, in one small tensor.
def pack(hidden: Tensor, head: Tensor, rough: bool, cap: float, logits: Tensor, inverse_temperatures: Tensor, extra: Tensor) -> Tensor:
  # hidden [N, H] and head [V, H], which may be in bytes as cache.py has rows; their product, capped, is
  # logits [N, V] in fp32, rough if they were not multiplied in fp32; inverse_temperatures [N] or, if all
  # are 1, [0]; extra [N, E] token ids that are asked for by name ->
  # [N, 2 + 2K + E]: log-sum-exp at temperature 1 and at the row's own, K best logits, their ids, extra logits
  best, ids = __torch__.candidates.largest(logits, min(64, logits.size(1)))
  named = torch.gather(logits, 1, extra)
  if rough:
    # A bf16 logit of 20 is rounded to 1/8, which makes ties of near choices, and an int8 head is off by more:
    # those few are computed again.
    best, order = torch.sort(__torch__.candidates.exact(hidden, head, cap, ids), -1, True)
    ids = torch.gather(ids, 1, order)
    named = __torch__.candidates.exact(hidden, head, cap, extra)
  lse = torch.logsumexp(logits, [-1], True)
  scaled = lse
  if inverse_temperatures.size(0) > 0:
    scaled = torch.logsumexp(logits * inverse_temperatures.unsqueeze(1), [-1], True)
  return torch.cat([lse, scaled, best, ids.to(6), named], -1)
def exact(hidden: Tensor, head: Tensor, cap: float, ids: Tensor) -> Tensor:
  # ids [N, K] -> their logits [N, K], multiplied and summed in fp32
  return __torch__.ops.capped(torch.matmul(__torch__.cache.decode(torch.embedding(head, ids), 6).to(6), hidden.to(6).unsqueeze(-1)).squeeze(-1), cap)
def largest(logits: Tensor, k: int) -> Tuple[Tensor, Tensor]:
  # the k largest of each row in falling order, with their ids. They are in the k blocks with the largest
  # maxima: a pass for those is faster than one that keeps k numbers.
  block = 64
  N = logits.size(0)
  V = logits.size(1)
  if V % block != 0 or V < 4 * k * block:
    return torch.topk(logits, k, -1, True, True)
  maxima = torch.amax(logits.view([N, V // block, block]), [-1], False)
  _, blocks = torch.topk(maxima, k, -1, True, False)
  ids = (blocks.unsqueeze(-1) * block + torch.arange(block, dtype=4, device=logits.device)).view([N, k * block])
  best, order = torch.topk(torch.gather(logits, 1, ids), k, -1, True, True)
  return (best, torch.gather(ids, 1, order))
