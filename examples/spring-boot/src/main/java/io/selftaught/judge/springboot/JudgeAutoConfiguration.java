package io.selftaught.judge.springboot;

import io.selftaught.judge.GenerationConfig;
import io.selftaught.judge.Judge;
import io.selftaught.judge.LanguageModel;
import io.selftaught.judge.core.Judges;
import io.selftaught.judge.core.Models;
import io.selftaught.judge.core.prompt.JudgePrompt;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * Makes a {@link Judge} that is asked in both orders out of {@link JudgeProperties}. An application
 * that has a model or a judge of its own keeps that. Spring closes both when it ends.
 */
@AutoConfiguration
@EnableConfigurationProperties(JudgeProperties.class)
class JudgeAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean
  @ConditionalOnProperty("judge.model")
  LanguageModel judgeModel(JudgeProperties properties) {
    return Models.load(properties.model());
  }

  @Bean
  @ConditionalOnMissingBean
  Judge judge(LanguageModel model, JudgeProperties properties) {
    GenerationConfig greedy = GenerationConfig.greedy(properties.maxTokens());
    if (properties.votes() == 1) {
      return Judges.bothOrders(Judges.prompted(model, JudgePrompt.standard(), greedy));
    }
    GenerationConfig sampling =
        greedy.toBuilder().samples(properties.votes()).temperature(0.7).topP(0.9).build();
    return Judges.bothOrders(Judges.vote(model, JudgePrompt.standard(), sampling));
  }
}
