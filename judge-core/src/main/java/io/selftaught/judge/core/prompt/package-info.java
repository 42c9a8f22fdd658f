/**
 * The words that a judge is asked with, and how its answer is read: {@code JudgePrompt} is the
 * entry type, {@code VerdictParser} the one place where text becomes a verdict.
 *
 * <p>Knows strings and messages only: no model, no file, no order of showing.
 */
@NullMarked
package io.selftaught.judge.core.prompt;

import org.jspecify.annotations.NullMarked;
