/**
 * The words that a judge is asked with, and how its answer is read: {@link
 * io.selftaught.judge.core.prompt.JudgePrompt} is the entry type, {@link
 * io.selftaught.judge.core.prompt.VerdictParser} the one place where text becomes a verdict.
 *
 * <p>Asks models, but knows no file and no caller: here a is what is shown first.
 */
@NullMarked
package io.selftaught.judge.core.prompt;

import org.jspecify.annotations.NullMarked;
