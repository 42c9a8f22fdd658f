/**
 * How fast models generate, measured: this library beside llama.cpp and transformers.
 *
 * <p>Entry type: {@link io.selftaught.judge.benchmarks.generation.GenerationCommand}. How its
 * figures are taken:
 *
 * <ul>
 *   <li>A prompt is rendered and tokenized once, by the model's own template and tokenizer, and all
 *       subjects read the same ids.
 *   <li>Every subject is a process of its own, one after the other, which warms up, runs the same
 *       {@linkplain io.selftaught.judge.benchmarks.generation.Pass passes} and tells the most
 *       memory that it has held. Loading is not timed.
 *   <li>A workload is run twice: once up to the first token of each prompt, and once to the end.
 *       Prompt tokens by the time of the first pass are the prefill rate; the other new tokens by
 *       what the second took longer are the decode rate. Both include whatever the subject saves by
 *       sharing prefixes, so of two prefill rates with different sharing the workload {@code
 *       prefill}, where nothing can be shared, is the one to compare.
 *   <li>The passes begin their conversations with different words, so that no pass finds what an
 *       earlier one left in a cache.
 *   <li>Models stop where they like: new tokens are told for each subject. With {@code
 *       --same-tokens} all subjects after the first write as many tokens for each sample as the
 *       first did, end of text or not.
 *   <li>Memory bandwidth and the rate of matrix products are measured with libtorch on as many
 *       threads, before and after each subject, and the share of their means that it reaches is
 *       told for prefill and a single stream.
 * </ul>
 */
@NullMarked
package io.selftaught.judge.benchmarks.generation;

import org.jspecify.annotations.NullMarked;
