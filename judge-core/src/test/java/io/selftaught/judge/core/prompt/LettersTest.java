package io.selftaught.judge.core.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LettersTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Answer A is short. Answer B is long.|Answer B is short. Answer A is long.",
        "Assistant A's answer|Assistant B's answer",
        "Verdict: [[A]]|Verdict: [[B]]",
        "A is better than B.|B is better than A.",
        "I think that A is right, while B is not.|I think that B is right, while A is not.",
        "response A (A) is fine|response B (B) is fine",
        "**Answer A:** good\\n**Answer B:** bad|**Answer B:** good\\n**Answer A:** bad",
        "Answers A and B are equal|Answers B and A are equal",
        "Both A and B mention it.|Both B and A mention it.",
        "A and B are alike.|B and A are alike.",
        "A's tone is warm, B's is cold.|B's tone is warm, A's is cold.",
        "A: clear\\nB: vague|B: clear\\nA: vague",
        "A, on the other hand, errs.|B, on the other hand, errs.",
        "Unlike Answer B, A provides sources.|Unlike Answer A, B provides sources.",
        "I prefer A over Answer B|I prefer B over Answer A",
        "Winner: B|Winner: A",
        "The final verdict is A.|The final verdict is B.",
        "\"A\" wins|\"B\" wins",
        "The first answer is right; the second response is not.|The second answer is right; the first response is not.",
        "First answer: good|Second answer: good",
        "A > B|B > A",
        "Both outputs (A) and (B) work.|Both outputs (B) and (A) work."
      })
  void swap_namesOfAnswers_areExchanged(String text, String swapped) {
    assertThat(Letters.swap(text.replace("\\n", "\n"))).isEqualTo(swapped.replace("\\n", "\n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "A good answer explains why.",
        "The answer: A good reply is short.",
        "It deserves an A+ and not a B-.",
        "ABBA, BA, A1, B2B, AB",
        "Vitamin A is fat soluble; Vitamin B is not.",
        "Plan B has risks. Hepatitis B is a disease.",
        "A/B testing compares versions.",
        "Use the A-string.",
        "A better answer exists. A used car. A stated goal. A clearly written text. A can of soup.",
        "In sentence (A), \"they\" is clear. Sentences A, B, and C are correct. Option (B) fits.",
        "A cat sat. A dog is barking.",
        "the first step, the second paragraph"
      })
  void swap_otherUsesOfTheLetters_stay(String text) {
    assertThat(Letters.swap(text)).isEqualTo(text);
  }

  @Test
  void swap_realLookingRationale_exchangesEveryNameAndNoArticle() {
    String text =
        """
        Assistant A gives a correct proof. A minor slip in Assistant B's algebra makes its result \
        wrong. A therefore wins: it is complete, whereas B only sketches.

        1. **Accuracy**: A is right (see "A-level" notes), B isn't. A failed attempt is still wrong.
        2. **Depth** - Response A covers more. The first answer also cites a source, unlike B.

        A clearly written reply counts. In summary, A and B differ most in accuracy, so A is better \
        than B. [[A]]""";

    assertThat(Letters.swap(text))
        .isEqualTo(
            """
            Assistant B gives a correct proof. A minor slip in Assistant A's algebra makes its \
            result wrong. B therefore wins: it is complete, whereas A only sketches.

            1. **Accuracy**: B is right (see "A-level" notes), A isn't. A failed attempt is still \
            wrong.
            2. **Depth** - Response B covers more. The second answer also cites a source, unlike A.

            A clearly written reply counts. In summary, B and A differ most in accuracy, so B is \
            better than A. [[B]]""");
  }

  @Property
  void swap_twice_givesTheTextBack(@ForAll("rationales") String text) {
    assertThat(Letters.swap(Letters.swap(text))).isEqualTo(text);
  }

  @Provide
  Arbitrary<String> rationales() {
    Arbitrary<String> words =
        Arbitraries.of(
            "A",
            "B",
            "Answer",
            "and",
            "is",
            "better",
            "than",
            ".",
            ",",
            "(",
            ")",
            "[[",
            "]]",
            "'s",
            "\n",
            ": ",
            " ",
            " ",
            " ",
            "the",
            "first",
            "second",
            "answer",
            "vitamin",
            "**",
            "\"",
            "or",
            "A+",
            "verdict",
            ">",
            "good",
            "while",
            "Assistants");
    return words.list().ofMaxSize(14).map((List<String> list) -> String.join("", list));
  }
}
