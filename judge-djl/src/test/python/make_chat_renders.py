"""Renders conversations with chat templates as transformers does, for the tests of the chat template.

Needs: transformers 5.24.0, jinja2 3.1.6, gguf 0.19.0; the two GGUF files that .ci/fetch-models fetches, for their templates
Run:   python make_chat_renders.py MODELS
Makes: ../resources/templates/{smollm2.jinja, qwen2.5.jinja, published/*, renders.json, expressions.json, render-hashes.json}

The other templates in that folder are written for these tests, in the style of the models that they are named after.
Of published templates that are not under an open licence only the hashes of what they render are kept.
"""

import datetime
import hashlib
import json
import pathlib
import sys

import gguf
import jinja2
from transformers.utils import chat_template_utils

TEMPLATES = pathlib.Path(__file__).parent.parent / "resources" / "templates"
REAL = {"smollm2": "smollm2-135m-instruct-q4_1.gguf", "qwen2.5": "qwen2.5-coder-0.5b-instruct.gguf"}
# Open licences, see README.md in the folder; from MODELS/templates.
PUBLISHED = {
  "qwen3-0.6b": "Qwen-Qwen3-0.6B.jinja",
  "granite-3.3": "ibm-granite-granite-3.3-2B-Instruct.jinja",
  "phi-3.5-mini": "microsoft-Phi-3.5-mini-instruct.jinja",
  "mistral-nemo": "mistralai-Mistral-Nemo-Instruct-2407.jinja",
  "mistral-small-3.2": "Mistral-Small-3.2-24B-Instruct-2506.jinja",
}
HASHED = ["meta-llama-Llama-3.1-8B-Instruct.jinja", "meta-llama-Llama-3.2-3B-Instruct.jinja", "google-gemma-2-2b-it.jinja"]
NAMED = {"bos_token": "<s>", "eos_token": "</s>"}


class Today(datetime.datetime):
  """The day that strftime_now tells."""

  @classmethod
  def now(cls, tz=None):
    return cls(2026, 3, 5, 9, 7, 2)


def message(line):
  role, content = line
  return {"role": {"s": "system", "u": "user", "a": "assistant"}[role], "content": content}


CONVERSATIONS = [[message(line) for line in conversation] for conversation in [
  [("u", "Which is better?")],
  [("s", "You are a judge."), ("u", "Which is better?")],
  [("s", " Be brief. \n"), ("u", "  Hi \n"), ("a", "Hello.  "), ("u", "Bye")],
  [("u", "Hi"), ("a", "Hello."), ("u", "Again"), ("a", "Verdict: ")],
  [("u", "Hi"), ("a", "Verdict:")],
  [("u", "Hi"), ("a", "")],
  [("s", "Only a system message.")],
  [("u", "One"), ("u", "Two")],
  [("a", "First me."), ("u", "Then you.")],
  [("s", "A"), ("s", "B"), ("u", "C")],
  [("u", "{{ 1 + 1 }} {% raw %} {# no #} <b>&amp;</b> 'q' \"d\" \\n \\ é 日本 🙂")],
  [("u", "x\u00a0\u2003\u0085"), ("a", "\x1c y \u3000"), ("u", "\ufeffz\u200b")],
  [("u", "Think"), ("a", "<think>\nA or B?\n</think>\n\nA."), ("u", "Sure?")],
  [("u", "Think"), ("a", "<think>\nA or B?\n</think>\n\nIt is")],
  [("u", "")],
]]

EXPRESSIONS = [
  # precedence and values of logic
  "not 1 == 2", "not a is defined", "not 'x' in 'abc'", "not a and b", "1 and 'z'", "'' and 'z'", "'' or 'd'",
  "s and t", "none or 'n'", "1 == 1 and 2 == 2", "true and not false", "(1 if s else 2)", "('x' if not s)",
  "1 < 2 and not 2 < 1", "s != t", "not not s", "s is defined and s", "s is string and s is not none",
  # strings
  "'a\\nb'", "\"it's\"", "'a' + 'b'", "'a' ~ 1 ~ true", "'a' 'b'", "s[0]", "s[-1]", "s[1:3]", "s[:-2]", "s[-2:]", "s[::-1]",
  "s[9]", "s.strip()", "'xxaxx'.strip('x')", "'xxa'.lstrip('x')", "'axx'.rstrip('x')", "'a,b,c'.split(',')", "' a  b '.split()",
  "'a,b,c'.split(',', 1)", "'a,b,c'.rsplit(',', 1)", "'abc'.startswith('ab')", "'abc'.endswith(('x', 'c'))", "'abc'.upper()",
  "'aXc'.lower()", "'abc'.replace('b', '')", "'hello'.find('l')", "'hello'.count('l')", "'heLLo'.capitalize()", "'a b'.title()",
  "'b' in 'abc'", "'x' not in 'abc'", "'ab' * 2", "'%s!' % s", "'a-{}'.format(1)", "'a'.foo()", "s.foo", "s.foo is defined",
  "s.__class__", "''.getClass()", "'abc'.removeprefix('a')", "'-'.join(['a', 'b'])", "'a\\nb'.splitlines()", "s|length", "s|upper",
  "'ß'|upper", "'istanbul'|upper", "'a b'|title", "'  x '|trim ~ '|'", "'abc'|replace('b', 'x')", "'abc'|first", "'abc'|last", "'<b>'|e",
  # numbers
  "7 // 2", "7 % 3", "7 / 2", "4 / 2", "2 ** 3", "1 + 2 * 3", "-3", "3 - 1", "1.5 + 1", "'3'|int + 1", "7.9|int", "[1,2,3]|sum", "1 == 1.0", "'1' == 1",
  "5 is odd", "4 is divisibleby 2", "3 in [1, 2, 3]", "10 > 9", "'10' > '9'",
  # printing
  "true", "none", "[1, 'a', true, none]", "{'a': 1, 'b': 'c'}", "1.0", "undefined_name", "(1, 2)",
  # lists and mappings
  "[1, 2, 3][-1]", "[1, 2, 3][1:]", "[1, 2, 3]|length", "[1, 2, 3]|first", "[3, 1, 2]|sort", "[1, 2]|join('-')", "['a', 'b']|join", "[1] + [2]",
  "[1, 2, 3][::-1]", "[1, 2]|last", "[1, 1, 2]|unique|list", "[1, 2, 3]|reverse|list", "m.a", "m['a']", "m.get('a')", "m.get('z')", "m.get('z', 'd')",
  "m.z is defined", "'a' in m", "m|length", "m.items()|list|length", "m|tojson", "[m]|tojson", "'é<\"'|tojson", "none|tojson", "m|tojson(indent=2)", "m is mapping",
  "[1] is iterable", "[1] is sequence", "'a' is iterable", "m.a.b.c", "m.z.y", "m|dictsort", "m == {'a': 1, 'b': 'x'}", "[1, 2] == [1, 2]", "l|map(attribute='a')|list",
  "l|selectattr('a', 'equalto', 1)|list|length", "l|selectattr('b')|list|length", "l|rejectattr('a', 'equalto', 1)|list|length", "range(3)|list", "range(1, 6, 2)|list",
  # what does not exist
  "s|nofilter", "s is notest", "nofunction(1)", "s|default('d')", "z|default('d')", "''|default('d', true)", "z|d('d')", "dict(a=1)",
]
VARIABLES = {"s": " abc", "t": "t", "m": {"a": 1, "b": "x"}, "l": [{"a": 1}, {"a": 2, "b": 3}]}


def render(template, messages):
  last = messages[-1]["role"] == "assistant"
  try:
    rendered, _ = chat_template_utils.render_jinja_template(
      conversations=[messages], chat_template=template, add_generation_prompt=not last, continue_final_message=last, **NAMED)
    return {"text": rendered[0]}
  except (jinja2.exceptions.TemplateError, ValueError, TypeError) as e:
    return {"refused": str(e).splitlines()[0]}


def digest(rendered):
  """The SHA-256 of a text; none of a refusal."""
  return hashlib.sha256(rendered["text"].encode()).hexdigest() if "text" in rendered else None


def evaluate(expression):
  compiled = chat_template_utils._compile_jinja_template
  try:
    return {"expression": expression, "text": compiled("{{ " + expression + " }}").render(**VARIABLES)}
  except Exception as e:  # whatever Jinja2 or Python says, it is no text
    return {"expression": expression, "refused": type(e).__name__}


def write(name, value):
  (TEMPLATES / name).write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def main(models):
  chat_template_utils.datetime = Today
  for name, file in REAL.items():
    reader = gguf.GGUFReader(pathlib.Path(models) / file)
    (TEMPLATES / f"{name}.jinja").write_bytes(bytes(reader.fields["tokenizer.chat_template"].parts[-1]))
  published = TEMPLATES / "published"
  published.mkdir(exist_ok=True)
  for name, file in PUBLISHED.items():
    (published / f"{name}.jinja").write_bytes((pathlib.Path(models) / "templates" / file).read_bytes())
  write("render-hashes.json", {
    file: [digest(render((pathlib.Path(models) / "templates" / file).read_bytes().decode(), c)) for c in CONVERSATIONS] for file in HASHED
  })
  templates = {path.stem: path.read_bytes().decode() for path in sorted([*TEMPLATES.glob("*.jinja"), *published.glob("*.jinja")])}
  write("renders.json", {
    "named": NAMED,
    "conversations": CONVERSATIONS,
    "renders": {name: [render(template, c) for c in CONVERSATIONS] for name, template in templates.items()},
  })
  write("expressions.json", {"variables": VARIABLES, "expressions": [evaluate(e) for e in EXPRESSIONS]})


if __name__ == "__main__":
  main(*sys.argv[1:])
