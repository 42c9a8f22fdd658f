# AdamW (Loshchilov and Hutter 2019) with the gradients clipped by their global norm.
def global_norm(gradients: List[Tensor]) -> Tensor:
  norms = annotate(List[Tensor], [])
  for i in range(len(gradients)):
    norms.append(torch.linalg_vector_norm(gradients[i]))
  return torch.linalg_vector_norm(torch.stack(norms))
def scale_(gradients: List[Tensor], factor: float) -> None:
  for i in range(len(gradients)):
    _ = torch.mul_(gradients[i], factor)
  return None
def adamw_(parameters: List[Tensor], gradients: List[Tensor], first: List[Tensor], second: List[Tensor], steps: List[Tensor], settings: Tensor) -> None:
  # settings: learning rate, beta1, beta2, epsilon, weight decay. Vectors, which are norms and biases,
  # are not decayed. The lists must outlive the call: a call whose lists nobody else sees is optimised away.
  rate = float(settings[0])
  for i in range(len(parameters)):
    _ = torch.add_(steps[i], 1)
    if parameters[i].dim() > 1:
      _ = torch.mul_(parameters[i], 1.0 - rate * float(settings[4]))
  torch._fused_adamw_(parameters, gradients, first, second, annotate(List[Tensor], []), steps, lr=rate, beta1=float(settings[1]), beta2=float(settings[2]), weight_decay=0.0, eps=float(settings[3]), amsgrad=False, maximize=False, grad_scale=None, found_inf=None)
  return None
