/**
 * The self-taught loop in one command, on a small language model that comes with it: it can answer,
 * ask and judge in a small world, and judges badly enough to have something to learn.
 *
 * <p>Entry types: {@link io.selftaught.judge.quickstart.Quickstart} runs the loop, {@link
 * io.selftaught.judge.quickstart.MicroModelMaker} made the model. What the model has read stands in
 * {@link io.selftaught.judge.quickstart.world}; how it is trained, in judge-djl.
 */
@NullMarked
package io.selftaught.judge.quickstart;

import org.jspecify.annotations.NullMarked;
