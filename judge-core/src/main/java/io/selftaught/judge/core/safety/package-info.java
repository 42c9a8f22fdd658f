/**
 * How easily a judge is moved by answers that talk to it: {@link
 * io.selftaught.judge.core.safety.AttackTrial} plants known {@link
 * io.selftaught.judge.core.safety.Attacks} in answers that lost and counts what that changes.
 *
 * <p>It measures any judge and protects none: that is what prompts and parsers do.
 */
@NullMarked
package io.selftaught.judge.core.safety;

import org.jspecify.annotations.NullMarked;
