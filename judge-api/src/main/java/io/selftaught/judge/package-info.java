/**
 * The nouns of judging and of self-training, and the one-method interfaces that connect them.
 *
 * <p>Two entry types: {@link io.selftaught.judge.Judge}, which says which of two answers is better,
 * and {@link io.selftaught.judge.LanguageModel}, which everything else here is made of. The stages
 * of a self-training round ({@link io.selftaught.judge.InstructionLabeler}, {@link
 * io.selftaught.judge.InstructionSelector}, {@link io.selftaught.judge.PairGenerator}, {@link
 * io.selftaught.judge.JudgmentAnnotator}, {@link io.selftaught.judge.FineTuner}) can each be
 * replaced by the caller's own. {@link io.selftaught.judge.ScriptedModel} stands in for a model in
 * tests.
 *
 * <p>This package knows no tensors, no JSON, no file formats and no prompts, and depends on nothing
 * at run time. All values are immutable; {@code null} is accepted nowhere.
 */
@NullMarked
package io.selftaught.judge;

import org.jspecify.annotations.NullMarked;
