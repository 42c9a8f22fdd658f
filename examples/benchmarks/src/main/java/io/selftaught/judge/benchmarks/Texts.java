package io.selftaught.judge.benchmarks;

import io.selftaught.judge.ChatMessage;
import io.selftaught.judge.Comparison;
import io.selftaught.judge.Generation;
import io.selftaught.judge.GenerationConfig;
import io.selftaught.judge.LanguageModel;
import io.selftaught.judge.Usage;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** What is judged in the benchmarks, and the model that judges it at once. */
final class Texts {

  static final String PROMPT =
      """
      My bread keeps coming out dense. I use 500 g of wholemeal flour, 300 g of water, 7 g of dried yeast and 9 g of salt, knead for five minutes and bake after one hour. What should I change first, and why?""";

  /** The better answer. */
  static final String GOOD =
      """
      Change the water first. Wholemeal flour soaks up far more than white flour does, because the bran holds it, so 300 g to 500 g of flour (60%) gives a stiff dough that cannot stretch around its gas. Go up to 375 g, which is 75%, mix, and let it stand for half an hour before you add salt and yeast: the bran softens and stops cutting the gluten.

      Then look at time instead of the clock. One hour is enough only in a warm kitchen. The dough is ready when it has grown by about three quarters and a floured finger leaves a dent that fills slowly. At 20 °C that may take two hours or more, and another 45 minutes after shaping.

      Kneading is the third point: with a wetter dough, five minutes of kneading plus two rounds of folding, half an hour apart, do more than ten minutes of force. Change one thing at a time, so that you see which of them it was.""";

  /** The worse answer. */
  static final String POOR =
      """
      There are many reasons why bread may be dense! Here are some tips that you can try:

      1. Use fresh yeast. Old yeast may be dead, so always check the date on the packet. You can also double the amount of yeast to be safe, this makes the bread rise faster and higher.
      2. Knead longer. Kneading is very important. Knead for at least 20 minutes by hand, or until your arms are tired.
      3. Use more flour if the dough is sticky. A sticky dough is hard to handle and should be avoided.
      4. Preheat the oven to a high temperature, for example 250 °C, and bake the bread for 40 minutes.
      5. Try white flour instead. White flour always gives lighter bread than wholemeal flour does.
      6. Do not open the oven door while the bread is baking, since the cold air can make it collapse.

      I hope that these tips help you to bake delicious and fluffy bread. Happy baking!""";

  static final Comparison COMPARISON = Comparison.of(PROMPT, GOOD, POOR);

  private static final String REASONS =
      """
      The person asks what to change first and why, so a good answer names one change, gives the reason, and fits the recipe that was given.

      Answer %1$s does that. It names the water, computes the 60%% that the recipe has, says why wholemeal flour needs more, and gives a number to go to. It then puts time and kneading in second and third place, with signs by which the baker can tell that the dough is ready, and it advises to change one thing at a time, which serves somebody who wants to learn what was wrong.

      Answer %2$s lists six tips that could stand under any question about bread. Several would make matters worse here: "Use more flour if the dough is sticky" leads to an even stiffer dough, and doubling the yeast does not help a dough that cannot hold its gas. Telling the person to use white flour avoids the question. It never says what to change first.

      Both are polite and easy to read; %2$s is formatted as a list, which makes it look more orderly than it is. Weighing helpfulness and correctness above form, Answer %1$s follows the instruction better and its reasons are right, while those of Answer %2$s are missing or wrong in at least two points.

      """;

  /** A judgment of {@link #COMPARISON} as it is. */
  static final String JUDGMENT = judgment("A", "B");

  /** Some 6,500 characters, as of a model that thinks aloud before it decides. */
  static final String LONG_JUDGMENT =
      "<think>\n" + REASONS.formatted("A", "B").repeat(4) + "</think>\n" + JUDGMENT;

  private static final String SWAPPED_JUDGMENT = judgment("B", "A");

  private Texts() {}

  private static String judgment(String better, String worse) {
    return REASONS.formatted(better, worse) + "[[" + better + "]]";
  }

  /** Returns a model that judges right, in either order, and takes no time for it. */
  static LanguageModel model() {
    return Texts::reply;
  }

  private static List<Generation> reply(List<ChatMessage> messages, GenerationConfig config) {
    String asked = messages.get(messages.size() - 1).content();
    boolean swapped = asked.indexOf(POOR) < asked.indexOf(GOOD);
    return Collections.nCopies(
        config.samples(), Generation.of(swapped ? SWAPPED_JUDGMENT : JUDGMENT));
  }

  /** Returns a model that gives the verdict alone, with its log-probabilities. */
  static LanguageModel verdictModel() {
    var verdict = new Generation.Token("A]]", -0.2, Map.of("A]]", -0.2, "B]]", -1.7));
    Generation reply =
        new Generation("A]]", Generation.FinishReason.STOP, Usage.of(700, 2), List.of(verdict));
    return (messages, config) -> List.of(reply);
  }
}
