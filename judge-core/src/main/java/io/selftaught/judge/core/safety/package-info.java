/**
 * Whether a judge can be trusted: {@link io.selftaught.judge.core.safety.AttackTrial} plants known
 * {@link io.selftaught.judge.core.safety.Attacks} in answers that lost and counts what that
 * changes; {@link io.selftaught.judge.core.safety.CanaryJudge} asks comparisons with a known answer
 * in the middle of a run.
 *
 * <p>It measures any judge and protects none: that is what prompts and parsers do.
 */
@NullMarked
package io.selftaught.judge.core.safety;

import org.jspecify.annotations.NullMarked;
