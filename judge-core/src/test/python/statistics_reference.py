"""Prints the constants of StatisticsTest: pip install statsmodels scikit-learn.

Made with statsmodels 0.15.0, scipy 1.17.1, scikit-learn 1.9.1.
"""

from sklearn.metrics import cohen_kappa_score
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.proportion import proportion_confint

for hits, of in [(61, 87), (0, 10), (10, 10), (1, 1), (50, 100), (355, 405), (9120, 20000)]:
    low, high = proportion_confint(hits, of, alpha=0.05, method="wilson")
    print(f"wilson {hits},{of},{low!r},{high!r}")

for only_this, only_other in [(12, 5), (5, 12), (0, 0), (1, 0), (30, 12), (7, 7), (200, 150)]:
    table = [[40, only_this], [only_other, 30]]
    print(f"mcnemar {only_this},{only_other},{float(mcnemar(table, exact=True).pvalue)!r}")

for labels, verdicts in [
    ("AABBT" * 6, "AABBT" * 6),
    ("AABBTABBAB", "ABBBTAABAA"),
    ("AAAAAABBBB", "BBBBBBAAAA"),
    ("AAAABBBBTT", "AAAAAAAAAA"),
]:
    print(f"kappa {labels},{verdicts},{cohen_kappa_score(list(labels), list(verdicts))!r}")
