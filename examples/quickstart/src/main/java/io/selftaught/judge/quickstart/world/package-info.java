/**
 * The small world that the micro model lives in: instructions with checkable answers, and what a
 * model must have read about them before it can teach itself to judge.
 *
 * <p>Entry type: {@link io.selftaught.judge.quickstart.world.World}, which draws instructions of
 * some two dozen {@link io.selftaught.judge.quickstart.world.Family families}, divided for good
 * into training and {@link io.selftaught.judge.quickstart.world.Split#HELD_OUT held-out} items.
 * From it come the pool of unlabelled instructions, the labelled pairs that only measure, the
 * {@link io.selftaught.judge.quickstart.world.Corpus} of base training and, from that, the {@link
 * io.selftaught.judge.quickstart.world.MicroTokenizer}.
 *
 * <p>The corpus teaches to judge in several {@link io.selftaught.judge.quickstart.world.Habit
 * habits}. One of them, solving the task, is worth having, and nothing in the corpus says so: the
 * habit of a judgment is drawn before the answers are, and the verdict follows the habit, right or
 * wrong. To find out is left to self-training.
 *
 * <p>Everything is drawn from a seed. This package knows no model, no tensors and no engine.
 */
@NullMarked
package io.selftaught.judge.quickstart.world;

import org.jspecify.annotations.NullMarked;
