"""Writes the golden file of RecordedAgreementTest: pip install scipy statsmodels krippendorff scikit-learn.

Usage: python recorded_reference.py DATA > ../resources/io/selftaught/judge/core/eval/recorded.csv

DATA holds pairs/*.jsonl and verdicts/*.jsonl: what judges of LLMBar and PRD wrote, with the verdicts
that the authors of these sets read out of it. Each line is a measure, the set, the judge and its prompt
(of all judges where these are empty), the order, and the value:

- cohen: label and recorded verdict, where there is one
- wilsonLow, wilsonHigh: recorded verdicts that are the label, of all outputs of both orders
- fleiss: all judges, over the pairs on which each has a verdict
- krippendorff: all judges, those without a verdict being left out
"""

import json
import math
import pathlib
import sys

import krippendorff
import numpy
import scipy
import sklearn
import statsmodels
from sklearn.metrics import cohen_kappa_score
from statsmodels.stats.inter_rater import aggregate_raters, fleiss_kappa
from statsmodels.stats.proportion import proportion_confint

DATA = pathlib.Path(sys.argv[1])
CODES = {"A": 0, "B": 1, "TIE": 2}

print(f"# scipy {scipy.__version__}, statsmodels {statsmodels.__version__}, scikit-learn {sklearn.__version__}, krippendorff")


def lines(folder, name):
    with open(DATA / folder / f"{name}.jsonl", encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


def tell(measure, name, judge, order, value):
    print(f"{measure},{name},{judge[0]},{judge[1]},{order},{float(value)!r}")


for name in ["llmbar", "prd-vicuna80"]:
    labels = {pair["id"]: pair["preferred"] for pair in lines("pairs", name)}
    outputs = lines("verdicts", name)
    judges = sorted({(o["judge"], o["style"]) for o in outputs})
    verdicts = {(o["judge"], o["style"], o["pair_id"], o["order"]): o["verdict"] for o in outputs}
    assert len(verdicts) == len(outputs)
    for judge in judges:
        for order in ["AB", "BA"]:
            read = [(labels[p], v) for (j, s, p, o), v in verdicts.items()
                    if (j, s) == judge and o == order and v]
            tell("cohen", name, judge, order, cohen_kappa_score(*zip(*read)))
        said = [(labels[p], v) for (j, s, p, o), v in verdicts.items() if (j, s) == judge]
        low, high = proportion_confint(
            sum(label == v for label, v in said), len(said), alpha=0.05, method="wilson")
        tell("wilsonLow", name, judge, "", low)
        tell("wilsonHigh", name, judge, "", high)
    for order in ["AB", "BA"]:
        table = [[verdicts.get((*judge, pair, order)) for judge in judges] for pair in sorted(labels)]
        whole = numpy.array([[CODES[v] for v in row] for row in table if all(row)])
        counts, _ = aggregate_raters(whole)
        tell("fleiss", name, ("", ""), order, fleiss_kappa(counts, method="fleiss"))
        ratings = [[CODES[v] if v else math.nan for v in column] for column in zip(*table)]
        tell("krippendorff", name, ("", ""), order, krippendorff.alpha(
            reliability_data=ratings, level_of_measurement="nominal"))
