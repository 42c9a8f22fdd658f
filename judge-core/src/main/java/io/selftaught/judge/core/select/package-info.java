/**
 * Which instructions are worth working on: screening without a model, labels by a model, and a
 * balanced choice by label.
 *
 * <p>{@link io.selftaught.judge.core.select.Screening}, {@link
 * io.selftaught.judge.core.select.ModelLabeler} and {@link
 * io.selftaught.judge.core.select.BalancedSelector} follow each other in that order. Knows nothing
 * of answers, pairs and judges.
 */
@NullMarked
package io.selftaught.judge.core.select;

import org.jspecify.annotations.NullMarked;
