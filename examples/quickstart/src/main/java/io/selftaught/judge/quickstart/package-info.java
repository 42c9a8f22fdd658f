/**
 * Makes a small language model that can answer, ask and judge in a small world, and judges badly
 * enough to have something to learn.
 *
 * <p>Entry type: {@link io.selftaught.judge.quickstart.MicroModelMaker}. What the model reads
 * stands in {@link io.selftaught.judge.quickstart.world}; how it is trained, in judge-djl.
 */
@NullMarked
package io.selftaught.judge.quickstart;

import org.jspecify.annotations.NullMarked;
