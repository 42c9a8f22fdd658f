/**
 * A judge in an application of Spring Boot, to copy from. {@link
 * io.selftaught.judge.springboot.JudgeAutoConfiguration} makes the bean out of properties; {@link
 * io.selftaught.judge.springboot.AnswerGate} uses it to let a new answer out only if it is better
 * than the one that is trusted.
 */
@NullMarked
package io.selftaught.judge.springboot;

import org.jspecify.annotations.NullMarked;
