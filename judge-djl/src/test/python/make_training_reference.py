"""Trains all weights of tiny-llama and writes down what that does to them.

Run:   python make_training_reference.py     (after make_tiny_models.py)
Needs: torch 2.7.1, transformers 5.24.0      (the versions that made the stored file)
Makes: ../resources/reference/tiny-llama-trained.json

As in make_lora_reference.py, but every tensor is trained, and vectors (the norms) are not decayed.
"""

import torch
from make_lora_reference import BASE, BATCH, OPTIMISER, STEPS, batch_loss, norms
from reference import REFERENCE, load, number, write_json


def main():
  model = load(BASE)
  parameters = list(model.named_parameters())
  groups = [
    {"params": [p for _, p in parameters if p.dim() > 1], "weight_decay": OPTIMISER["weight_decay"]},
    {"params": [p for _, p in parameters if p.dim() == 1], "weight_decay": 0.0},
  ]
  optimiser = torch.optim.AdamW(
    groups, lr=OPTIMISER["lr"], betas=tuple(OPTIMISER["betas"]), eps=OPTIMISER["eps"]
  )
  losses, gradient_norms, gradients = [], [], {}
  for step in range(STEPS):
    optimiser.zero_grad()
    loss = batch_loss(model)
    loss.backward()
    if step == 0:
      gradients = norms([(n, p.grad) for n, p in parameters])
    norm = torch.nn.utils.clip_grad_norm_([p for _, p in parameters], OPTIMISER["max_grad_norm"])
    optimiser.step()
    losses.append(number(loss))
    gradient_norms.append(number(norm))
  write_json(
    REFERENCE / "tiny-llama-trained.json",
    {
      "batch": BATCH,
      "losses": losses + [number(batch_loss(model))],
      "gradient_norms": gradient_norms,
      "gradients": gradients,
      "after": norms(parameters),
    },
  )


if __name__ == "__main__":
  main()
