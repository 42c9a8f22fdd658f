/**
 * What a judge can learn from its own judgments: {@link
 * io.selftaught.judge.core.annotate.RejectionSampling} keeps those that agree with how a pair was
 * made, {@link io.selftaught.judge.core.annotate.Balance} evens out the order of showing.
 *
 * <p>Knows judge prompts and pairs; nothing of rounds, files and training.
 */
@NullMarked
package io.selftaught.judge.core.annotate;

import org.jspecify.annotations.NullMarked;
