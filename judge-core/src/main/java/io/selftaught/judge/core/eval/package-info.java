/**
 * How good a judge is: {@link io.selftaught.judge.core.eval.Evaluation} asks it about labelled
 * pairs and reports agreement with the labels beside its interval and the trivial baselines.
 *
 * <p>Knows judges only by their judgments, not what they are made of.
 */
@NullMarked
package io.selftaught.judge.core.eval;

import org.jspecify.annotations.NullMarked;
