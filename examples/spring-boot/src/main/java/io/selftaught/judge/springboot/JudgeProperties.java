package io.selftaught.judge.springboot;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The judge of an application.
 *
 * @param model where the model is: whatever {@link io.selftaught.judge.core.Models#load} opens
 * @param votes the judgments drawn in each order; one is greedy
 * @param maxTokens the longest judgment
 */
@ConfigurationProperties("judge")
record JudgeProperties(
    String model, @DefaultValue("1") int votes, @DefaultValue("1024") int maxTokens) {}
