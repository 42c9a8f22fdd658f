/**
 * Judges in tests: {@link io.selftaught.judge.testing.JudgeAssertions} for one answer, {@link
 * io.selftaught.judge.testing.PreferenceGate} for a share of many.
 *
 * <p>One judgment proves little; where it matters use the gate, which knows how little n
 * comparisons show. Nothing here knows which judge decides.
 */
@NullMarked
package io.selftaught.judge.testing;

import org.jspecify.annotations.NullMarked;
