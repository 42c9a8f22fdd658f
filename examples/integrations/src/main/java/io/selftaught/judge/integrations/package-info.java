/**
 * How this library meets others, one class each, to copy from: {@link
 * io.selftaught.judge.integrations.LangChain4jModel}, {@link
 * io.selftaught.judge.integrations.PreferenceEvaluator} for Spring AI, {@link
 * io.selftaught.judge.integrations.MeteredJudge} for Micrometer and {@link
 * io.selftaught.judge.integrations.TracedJudge} for OpenTelemetry.
 */
@NullMarked
package io.selftaught.judge.integrations;

import org.jspecify.annotations.NullMarked;
