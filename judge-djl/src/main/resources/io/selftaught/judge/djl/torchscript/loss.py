# Cross-entropy with its gradient, step rows at a time: [C, V] logits are never held for all C rows.
# C rows to predict from, H hidden, V vocabulary.
def cross_entropy(h: Tensor, head: Tensor, targets: Tensor, scale: float, cap: float, step: int, head_gradient: Optional[Tensor]) -> Tuple[Tensor, Tensor]:
  # h [C, H], head [V, H], targets [C] -> the sum of the losses [], and scale * its gradient by h [C, H].
  # d loss / d logits is softmax(logits) - onehot(target); cap bounds them as ops.capped does. head_gradient [V, H] receives its part.
  total = torch.zeros([], dtype=7, device=h.device)
  gradient = torch.empty_like(h)
  for i in range((h.size(0) + step - 1) // step):
    part = torch.slice(h, 0, i * step, (i + 1) * step)
    target = torch.slice(targets, 0, i * step, (i + 1) * step).unsqueeze(1)
    logits = __torch__.ops.capped(torch.linear(part, head).to(6), cap)
    slope = annotate(Optional[Tensor], None)
    if cap > 0.0:
      slope = 1.0 - torch.square(logits / cap)
    lse = torch.logsumexp(logits, [-1], True)
    total = total + torch.sum((lse - torch.gather(logits, 1, target)).to(7))
    d = torch.exp_(torch.sub_(logits, lse))
    d = torch.scatter_add_(d, 1, target, torch.full_like(lse, -1.0))
    if slope is not None:
      d = torch.mul_(d, slope)
    d = torch.mul_(d, scale).to(h.dtype)
    _ = torch.slice(gradient, 0, i * step, (i + 1) * step).copy_(torch.matmul(d, head))
    if head_gradient is not None:
      _ = torch.add_(head_gradient, torch.matmul(d.t(), part))
  return (total, gradient)
