/**
 * Trains a decoder: micro-batches, the optimiser's schedule, checkpoints and the run over epochs.
 *
 * <p>Entry type: {@link io.selftaught.judge.djl.train.LoraTrainer}. What is computed stands in the
 * TorchScript sources {@code trainer.py}, {@code loss.py} and {@code optimiser.py}. Knows token ids
 * only, no text and no chat templates.
 */
@NullMarked
package io.selftaught.judge.djl.train;

import org.jspecify.annotations.NullMarked;
