/**
 * Marks for single answers: {@link io.selftaught.judge.core.score.Scorer} on a declared {@link
 * io.selftaught.judge.core.score.Scale}, whose marks a {@link
 * io.selftaught.judge.core.score.Rubric} explains. A reply without a readable mark is no mark,
 * never a middle one.
 *
 * <p>Pairs are the better question where there are two answers; a scorer can be made a judge of
 * them, but knows nothing of how judges are asked otherwise.
 */
@NullMarked
package io.selftaught.judge.core.score;

import org.jspecify.annotations.NullMarked;
