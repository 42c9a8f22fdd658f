"""Does the work of a file with transformers' generate: see TransformersSubject.java.

Rows are sorted by length, so that a batch is padded little, and padded on the left. Timed is generate
alone with the making of its inputs. Ran with transformers 5.24.0, torch 2.7.1, gguf, accelerate.
"""

import argparse
import json
import os
import time

import torch
import transformers


def numbers(text):
    return [int(n) for n in text.split()]


def load(path):
    if os.path.isdir(path):
        return transformers.AutoModelForCausalLM.from_pretrained(path, dtype=torch.bfloat16)
    folder, name = os.path.split(os.path.abspath(path))
    return transformers.AutoModelForCausalLM.from_pretrained(folder, gguf_file=name, dtype=torch.bfloat16)


class Counts(transformers.StoppingCriteria):
    """Ends each row after as many new tokens as are wanted of it."""

    def __init__(self, prompt, counts):
        self.prompt = prompt
        self.counts = torch.tensor(counts)

    def __call__(self, input_ids, scores, **kwargs):
        return self.counts <= input_ids.shape[1] - self.prompt


def generate(model, requests, ends):
    """Returns the new tokens of each sample of some requests of equal settings, in one batch."""
    samples = requests[0]["samples"]
    temperature = requests[0]["temperature"]
    prompts = [numbers(r["ids"]) for r in requests]
    width = max(map(len, prompts))
    ids = torch.zeros(len(prompts), width, dtype=torch.long)
    mask = torch.zeros(len(prompts), width, dtype=torch.long)
    for row, prompt in enumerate(prompts):
        ids[row, width - len(prompt) :] = torch.tensor(prompt)
        mask[row, width - len(prompt) :] = 1
    counts = [c for r in requests for c in numbers(r["counts"])]
    how = {"do_sample": False}
    if temperature > 0:
        how = {"do_sample": True, "temperature": temperature, "top_p": 1.0, "top_k": 0}
    if counts:
        how["stopping_criteria"] = transformers.StoppingCriteriaList([Counts(width, counts)])
    torch.manual_seed(requests[0]["seed"])
    written = model.generate(
        input_ids=ids,
        attention_mask=mask,
        max_new_tokens=max(counts) if counts else requests[0]["maxTokens"],
        num_return_sequences=samples,
        eos_token_id=None if counts else ends,
        pad_token_id=ends[0],
        **how,
    )[:, width:]
    if counts:
        lengths = counts
    else:
        lengths = [length(row, ends) for row in written.tolist()]
    return [lengths[i * samples : (i + 1) * samples] for i in range(len(requests))]


def length(row, ends):
    """Returns the tokens up to the first that ends the text, with it."""
    return next((i + 1 for i, token in enumerate(row) if token in ends), len(row))


def run(model, one, batch, ends):
    """Runs a pass and returns its timing."""
    requests = one["requests"]
    size = 1 if one["concurrency"] == 1 else max(1, batch // requests[0]["samples"])
    order = sorted(range(len(requests)), key=lambda i: -len(requests[i]["ids"].split()))
    written = [None] * len(requests)
    start = time.perf_counter()
    for at in range(0, len(order), size):
        rows = order[at : at + size]
        for i, lengths in zip(rows, generate(model, [requests[i] for i in rows], ends)):
            written[i] = " ".join(map(str, lengths))
    return {
        "workload": one["workload"],
        "promptsOnly": one["promptsOnly"],
        "seconds": time.perf_counter() - start,
        "promptTokens": sum(len(r["ids"].split()) for r in requests),
        "written": written,
    }


def peak():
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) << 10 for line in status if line.startswith("VmHWM:"))


def main():
    parser = argparse.ArgumentParser()
    for name in "model", "work", "out":
        parser.add_argument("--" + name, required=True)
    parser.add_argument("--batch", type=int, required=True)
    parser.add_argument("--threads", type=int, required=True)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    model = load(arguments.model).eval()
    with open(arguments.work) as file:
        work = json.load(file)
    ends = numbers(work["ends"])
    with torch.inference_mode():
        timings = [run(model, one, arguments.batch, ends) for one in work["passes"]]
    settings = {
        "versions": f"transformers {transformers.__version__}, torch {torch.__version__}",
        "computed in": str(model.dtype),
        "threads": str(torch.get_num_threads()),
        "batch": f"{arguments.batch} rows of like length, padded on the left",
        "attention": str(model.config._attn_implementation),
        "ends of text": str(ends),
    }
    weights = sum(p.numel() * p.element_size() for p in model.parameters())
    measured = {"settings": settings, "weightBytes": weights, "peakBytes": peak(), "timings": timings}
    with open(arguments.out, "w") as file:
        json.dump(measured, file)


if __name__ == "__main__":
    main()
