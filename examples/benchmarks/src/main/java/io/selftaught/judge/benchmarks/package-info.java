/**
 * What the library costs beside the model, and how fast it generates, measured.
 *
 * <p>Entry type: {@link io.selftaught.judge.benchmarks.Main}, with a sub-command for each kind of
 * measurement. {@code generation} is in the package of that name. {@code overhead} runs the
 * benchmarks of this package through JMH. How its figures are taken:
 *
 * <ul>
 *   <li>The model answers at once, so what is left is the library: filling the prompt, reading the
 *       reply, asking in both orders, voting, looking up and writing the cache, handing work to
 *       threads and taking it back in order.
 *   <li>Texts are as long as in real use ({@link io.selftaught.judge.benchmarks.Texts}): answers of
 *       about 900 characters, a judgment of about 1,300.
 *   <li>A figure is the mean time of one call over all iterations of all processes, with the
 *       half-width of its 99.9% interval as JMH computes it, and the bytes allocated by one call.
 *   <li>One thread calls, so a figure is also the processor time of a call; {@link
 *       io.selftaught.judge.benchmarks.ComparisonBenchmark#thousandAtOnce} uses sixteen, and its
 *       figure is the time of the whole divided by a thousand.
 *   <li>The machine and every setting are written beside the figures. Other work on the machine
 *       makes figures larger, never smaller.
 * </ul>
 *
 * <p>This module alone looks into the hidden packages of judge-djl: it measures their parts. The
 * classes whose names end in {@code Benchmark} are public and open because JMH extends them.
 */
@NullMarked
package io.selftaught.judge.benchmarks;

import org.jspecify.annotations.NullMarked;
