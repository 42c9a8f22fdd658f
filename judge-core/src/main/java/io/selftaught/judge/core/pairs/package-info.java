/**
 * Pairs of answers whose better one is known by construction: {@link
 * io.selftaught.judge.core.pairs.ModifiedInstructionPairs} is the paper's way to make them.
 *
 * <p>Knows language models and instructions; nothing of judges and verdicts.
 */
@NullMarked
package io.selftaught.judge.core.pairs;

import org.jspecify.annotations.NullMarked;
