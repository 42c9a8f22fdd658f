/**
 * Turns a decoder into text generation: requests of many threads share its batches.
 *
 * <p>Entry type: {@link io.selftaught.judge.djl.generate.Scheduler}. One thread owns the decoder;
 * callers wait. What a request gets depends on its prompt, settings and seed, not on what shares
 * the batch: each sample draws from a random stream of its own, on the host, from the likeliest
 * tokens of its row.
 */
@NullMarked
package io.selftaught.judge.djl.generate;

import org.jspecify.annotations.NullMarked;
