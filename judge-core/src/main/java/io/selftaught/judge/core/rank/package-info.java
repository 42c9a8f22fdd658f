/**
 * An order among many answers, or many systems, from comparisons of two: {@link
 * io.selftaught.judge.core.rank.Ranking} asks a judge about all pairs of answers to one prompt,
 * {@link io.selftaught.judge.core.rank.BradleyTerry} makes strengths of any games.
 */
@NullMarked
package io.selftaught.judge.core.rank;

import org.jspecify.annotations.NullMarked;
