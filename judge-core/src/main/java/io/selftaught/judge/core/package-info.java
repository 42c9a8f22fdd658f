/**
 * The front doors: {@link io.selftaught.judge.core.Judges} makes judges out of language models and
 * of other judges, {@link io.selftaught.judge.core.JudgeExecutor} asks them about many pairs at
 * once, {@link io.selftaught.judge.core.Models} opens models, {@link
 * io.selftaught.judge.core.SelfTraining} runs the loop in which a judge teaches itself.
 *
 * <p>What happens behind them is in the packages below. Nothing here knows how a model is run, nor
 * which one.
 */
@NullMarked
package io.selftaught.judge.core;

import org.jspecify.annotations.NullMarked;
