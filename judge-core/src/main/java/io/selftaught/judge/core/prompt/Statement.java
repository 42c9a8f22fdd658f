package io.selftaught.judge.core.prompt;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A sentence that chooses one answer: "Therefore, I would choose Answer B as the better one,
 * because it is complete."
 *
 * <p>It is made of opening words, a choice in one of a few forms, and maybe a reason. It names no
 * other answer, unless as the one that is surpassed. What denies, doubts, compares, asks or sets a
 * condition is not read: no evidence is better than a guess.
 *
 * @param letter what is chosen: a, b, c or tie
 * @param end the offset in the sentence at which the choice ends and a reason may begin
 */
record Statement(String letter, int end) {

  private static final int LONGEST = 1000;

  private static final String NOUN = VerdictWords.NOUN;

  private static final String SOME_NAME = "(?:the )?(?:%s )?[(\\[]*%s\\b[)\\]]*(?:['’]s)?(?: %s)?";

  private static final String NAME = SOME_NAME.formatted(NOUN, "(?<letter>[abc]|tie)", NOUN);

  private static final String OVER =
      "(?<over> (?:than|over) " + SOME_NAME.formatted(NOUN, "(?<other>[ab])", NOUN) + ")?";

  private static final String ADVERB =
      "(?:(?:clearly|slightly|much|ultimately|probably|definitely|still|far|generally|therefore"
          + "|significantly|somewhat|a bit|a little) )?";

  /** What follows "is" and "choose it as": "the better answer", "clearly superior overall". */
  private static final String BETTER =
      "(?:overall )?(?:my |the |a )?"
          + ADVERB
          + "(?:"
          + VerdictWords.BETTER
          + ")"
          + "(?: and more \\w+)?(?: overall)?(?: (?:"
          + NOUN
          + "|one|fit))?(?: overall)?"
          + "(?: for (?:this|the|the given) (?:instruction|prompt|question|task))?";

  private static final String I = "i(?: would| will| must|['’]d)? ";

  private static final String CHOOSE =
      "(?:"
          + VerdictWords.CHOOSING
          + "|favou?r|go with|vote for|recommend"
          + "|recommend that|recommend (?:that you )?(?:choose|choosing|select|selecting|pick|picking)) ";

  private static final List<Pattern> CHOICES =
      Stream.of(
              I
                  + ADVERB
                  + CHOOSE
                  + NAME
                  + "(?: be chosen)?(?: (?:as|to be) "
                  + BETTER
                  + "| as the %s)?".formatted(NOUN)
                  + OVER,
              I
                  + "(?:rate|consider|judge|say|believe|think|conclude|find)(?: that)? "
                  + NAME
                  + " (?:as|is|was|to be) "
                  + BETTER
                  + OVER,
              NAME + " (?:is|was) " + BETTER + OVER,
              "(?:my (?:final |overall )*(?:choice|verdict|answer|decision|preference)|the (?:final |overall )*(?:winner|verdict|(?:better|best|preferred) (?:one|%s)))(?: is)?:? "
                      .formatted(NOUN)
                  + NAME
                  + OVER)
          .map(
              choice ->
                  Pattern.compile(
                      "(?i)(?<choice>"
                          + choice
                          + ")(?:,? (?:because|since|as|due to|given|for its|with its) .*)?"))
          .toList();

  /** Words that lead up to a choice; a clause of them ends at its comma. */
  private static final Pattern OPENING =
      Pattern.compile(
          "(?i)(?:(?:"
              + VerdictWords.CONCLUDING
              + "|overall|ultimately|finally|however"
              + "|in (?:conclusion|summary|my opinion|this case|the end|general)"
              + "|as (?:a result|such)|for (?:this|that|these) reasons?),? "
              + "|(?:based on|considering|given|taking|because of|if i had to choose)[^,]*+, )");

  private static final String CONCLUSION = ", so ";

  /** What takes back a choice, or makes it depend on something. */
  private static final Pattern RESERVATION =
      Pattern.compile("(?i)\\b(?:but|although|though|however|yet|if|unless|except)\\b");

  private static final Pattern EQUALITY =
      Pattern.compile("(?i)\\b(?:either|neither|equal|equally|equivalent|tied?)\\b");

  private static final Pattern NAMED =
      Pattern.compile("\\b(?:(?i:" + NOUN + ") ?[(\\[]*([ABab])|([AB]))\\b");

  /** Returns the choice that a sentence without its final stop makes. */
  static Optional<Statement> read(String sentence) {
    if (sentence.length() > LONGEST || sentence.contains("?")) {
      return Optional.empty();
    }
    int start = startOfChoice(sentence);
    String before = sentence.substring(0, start);
    return CHOICES.stream()
        .map(form -> form.matcher(sentence.substring(start)))
        .filter(choice -> choice.matches() && isUnambiguous(before, choice))
        .map(choice -> new Statement(letter(choice), start + choice.end("choice")))
        .findFirst();
  }

  private static int startOfChoice(String sentence) {
    int conclusion = sentence.lastIndexOf(CONCLUSION);
    int start = conclusion < 0 ? 0 : conclusion + CONCLUSION.length();
    Matcher opening = OPENING.matcher(sentence);
    while (opening.region(start, sentence.length()).lookingAt()) {
      start = opening.end();
    }
    return start;
  }

  private static boolean isUnambiguous(String before, Matcher choice) {
    String chosen = letter(choice);
    String all = choice.group();
    String said = choice.group("over") == null ? all : all.replace(choice.group("over"), "");
    boolean decides = chosen.equals("a") || chosen.equals("b");
    return !RESERVATION.matcher(all).find()
        && !(decides && EQUALITY.matcher(all).find())
        && !chosen.equalsIgnoreCase(choice.group("other"))
        && NAMED
            .matcher(before + said)
            .results()
            .map(name -> name.group(1) == null ? name.group(2) : name.group(1))
            .allMatch(name -> name.equalsIgnoreCase(chosen) || !decides);
  }

  private static String letter(Matcher choice) {
    return choice.group("letter").toLowerCase(Locale.ROOT);
  }
}
