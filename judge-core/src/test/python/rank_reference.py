"""Writes the golden file of RankingTest: pip install numpy scipy.

Usage: python rank_reference.py > ../resources/io/selftaught/judge/core/rank/bradley-terry.csv

Each line: how many candidates; the games of each two as a:b:won by a:ties:won by b; the strengths,
and the lower and the upper ends of their 95% intervals. The likelihood is maximised by scipy's
root finder on its gradient, the covariance is numpy's inverse.
"""

import numpy
import scipy
from scipy.optimize import root
from scipy.special import expit
from scipy.stats import norm

print(f"# numpy {numpy.__version__}, scipy {scipy.__version__}")


def gradient(strengths, games):
    slope = 0.5 - expit(strengths)
    for a, b, won, ties, lost in games:
        surplus = won + ties / 2 - (won + ties + lost) * expit(strengths[a] - strengths[b])
        slope[a] += surplus
        slope[b] -= surplus
    return slope


def information(strengths, games):
    matrix = numpy.diag(expit(strengths) * expit(-strengths))
    for a, b, won, ties, lost in games:
        gap = strengths[a] - strengths[b]
        curvature = (won + ties + lost) * expit(gap) * expit(-gap)
        matrix[a, a] += curvature
        matrix[b, b] += curvature
        matrix[a, b] -= curvature
        matrix[b, a] -= curvature
    return matrix


def fit(n, games):
    found = root(
        gradient, numpy.zeros(n), args=(games,), jac=lambda s, g: -information(s, g), tol=1e-14)
    assert numpy.abs(gradient(found.x, games)).max() < 1e-10, found
    centre = numpy.eye(n) - numpy.ones((n, n)) / n
    covariance = centre @ numpy.linalg.inv(information(found.x, games)) @ centre
    values = centre @ found.x
    half = norm.ppf(0.975) * numpy.sqrt(numpy.diag(covariance))
    return values, values - half, values + half


def numbers(values):
    return " ".join(repr(float(x)) for x in values)


for n, games in [
    (3, [(0, 1, 7, 1, 2), (1, 2, 5, 0, 5), (0, 2, 3, 4, 1)]),
    (3, [(0, 1, 70, 10, 20), (1, 2, 50, 0, 50), (0, 2, 30, 40, 10)]),
    (3, [(0, 1, 12, 0, 0), (0, 2, 9, 0, 0), (1, 2, 4, 2, 4)]),
    (3, [(0, 1, 6, 2, 8)]),
    (5, [(0, 1, 9, 3, 1), (1, 2, 8, 0, 4), (2, 3, 2, 2, 2), (3, 4, 11, 1, 6), (4, 0, 0, 1, 7)]),
]:
    text = " ".join(":".join(map(str, game)) for game in games)
    print(f"{n},{text},{','.join(map(numbers, fit(n, games)))}")
