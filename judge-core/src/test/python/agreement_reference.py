"""Writes the golden file of AgreementTest: pip install scipy statsmodels krippendorff scikit-learn.

Usage: python agreement_reference.py > ../resources/io/selftaught/judge/core/eval/agreement.csv

Each line is a measure, its input and its value. Items are separated by spaces, the ratings of an
item are letters; a dash is a rater who left the item out.
"""

import math
import random

import krippendorff
import numpy
import scipy
import sklearn
import statsmodels
from scipy import stats
from sklearn.metrics import cohen_kappa_score
from statsmodels.stats.inter_rater import aggregate_raters, fleiss_kappa
from statsmodels.stats.proportion import samplesize_confint_proportion

chance = random.Random(7)
print(f"# scipy {scipy.__version__}, statsmodels {statsmodels.__version__}, scikit-learn {sklearn.__version__}, krippendorff")


def ratings(items, raters, classes, copy, missing=0.0):
    table = []
    for _ in range(items):
        truth = chance.choice(classes)
        row = [truth if chance.random() < copy else chance.choice(classes) for _ in range(raters)]
        table.append([x if chance.random() >= missing else "-" for x in row])
    return table


def words(table):
    return " ".join("".join(row) for row in table)


for items, classes, copy in [(12, "AB", 0.8), (40, "ABT", 0.5), (300, "ABT", 0.2), (60, "ABCDE", 0.0)]:
    table = ratings(items, 2, classes, copy)
    first, second = zip(*table)
    print(f"cohen,{words(table)},{float(cohen_kappa_score(first, second))!r}")

for items, raters, classes, copy in [(10, 3, "AB", 0.7), (50, 5, "ABT", 0.4), (200, 3, "ABT", 0.9), (30, 8, "ABCD", 0.0)]:
    table = ratings(items, raters, classes, copy)
    counts, _ = aggregate_raters(numpy.array([[ord(x) for x in row] for row in table]))
    print(f"fleiss,{words(table)},{float(fleiss_kappa(counts, method='fleiss'))!r}")

for items, raters, classes, copy, missing in [(12, 3, "AB", 0.7, 0), (40, 4, "ABT", 0.5, 0.3), (150, 3, "ABT", 0.9, 0.5), (30, 6, "ABCD", 0.0, 0.2)]:
    table = ratings(items, raters, classes, copy, missing)
    data = [[math.nan if row[r] == "-" else ord(row[r]) for row in table] for r in range(raters)]
    print(f"krippendorff,{words(table)},{float(krippendorff.alpha(reliability_data=data, level_of_measurement='nominal'))!r}")

for n in [3, 6, 9, 12]:
    differences = [chance.choice([-1.0, -0.5, 0.0, 0.25, 0.5, 1.0, 1.0]) for _ in range(n)]
    test = stats.permutation_test(
        (differences,), numpy.mean, permutation_type="samples", n_resamples=numpy.inf)
    print(f"permutation,{' '.join(map(str, differences))},{float(test.pvalue)!r}")

for values in [[1.0], [1.0, 2.0], [0.1, 0.4, 0.45, 0.9, 1.3], sorted(chance.random() for _ in range(37))]:
    for share in [0.025, 0.5, 0.975]:
        print(f"quantile,{' '.join(map(repr, values))} {share},{float(numpy.quantile(values, share))!r}")

for accuracy, half in [(0.5, 0.05), (0.5, 0.01), (0.9, 0.05), (0.65, 0.02)]:
    print(f"halfWidth,{accuracy} {half},{math.ceil(samplesize_confint_proportion(accuracy, half))}")

z = stats.norm.ppf(0.975)
for gain, discordant, power in [(0.1, 0.5, 0.8), (0.05, 0.3, 0.9), (0.1, 0.1, 0.8), (0.02, 0.2, 0.8)]:
    n = (z * math.sqrt(discordant) + stats.norm.ppf(power) * math.sqrt(discordant - gain**2)) ** 2 / gain**2
    print(f"gain,{gain} {discordant} {power},{math.ceil(n)}")

for pairs, only_this, only_other in [(400, 112, 40), (50, 3, 3), (10, 0, 0), (30, 12, 1)]:
    up, down = (only_this + 1) / (pairs + 2), (only_other + 1) / (pairs + 2)
    half = z * math.sqrt((up + down - (up - down) ** 2) / (pairs + 2))
    print(f"gainLow,{pairs} {only_this} {only_other},{float(up - down - half)!r}")
    print(f"gainHigh,{pairs} {only_this} {only_other},{float(up - down + half)!r}")
