package io.selftaught.judge.core.prompt;

import static java.util.Objects.requireNonNull;

import com.google.common.hash.Hashing;
import io.selftaught.judge.ChatMessage;
import io.selftaught.judge.Comparison;
import io.selftaught.judge.Generation;
import io.selftaught.judge.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How a model is asked for a verdict, and how its reply is read. Immutable.
 *
 * <p>The answers stand between markers that carry a fence: characters that look random, are the
 * same for both answers and in both orders, and occur nowhere in what they enclose. So no answer
 * can pretend to end. Own prompts come from {@link #builder}, variants from {@link #toBuilder}.
 */
public final class JudgePrompt {

  private static final Set<String> PLACEHOLDERS =
      Set.of(
          "prompt", "a", "b", "reference", "plan", "verdicts", "verdictLines", "markers", "fence");

  private final String name;
  private final Optional<String> system;
  private final Template user;
  private final List<Criterion> criteria;
  private final List<Example> examples;
  private final Optional<String> plan;
  private final String begin;
  private final boolean ties;
  private final boolean forcedVerdict;
  private final VerdictParser parser;

  private JudgePrompt(Builder builder) {
    name = builder.name;
    system = builder.system;
    user = builder.user;
    criteria = builder.criteria;
    examples = List.copyOf(builder.examples);
    plan = builder.plan;
    begin = builder.begin;
    ties = builder.ties;
    forcedVerdict = builder.forcedVerdict;
    parser = builder.parser.withTies(ties);
  }

  /** Returns the prompt for capable models: weigh the factors, explain, then decide. */
  public static JudgePrompt standard() {
    return builder("standard", PromptTexts.STANDARD_USER)
        .system(PromptTexts.STANDARD_SYSTEM)
        .build();
  }

  /**
   * Returns the prompt that has the judge look for errors, set up one to five criteria and apply
   * them before it decides; for capable models, and for making training data.
   */
  public static JudgePrompt criteria() {
    return builder("criteria", PromptTexts.CRITERIA_USER)
        .system(PromptTexts.STANDARD_SYSTEM)
        .build();
  }

  /**
   * Returns the prompt for models below some two billion parameters: short, with a reply that is
   * begun for them, a forgiving parser, and a forced verdict where none was given.
   *
   * <p>Left alone, Qwen2.5-Coder-0.5B writes the bare verdict; shown worked examples, it copies
   * their reasons. A reply that is begun makes it write reasons about the answers at hand.
   */
  public static JudgePrompt compact() {
    return builder("compact", PromptTexts.COMPACT_USER)
        .begin(PromptTexts.COMPACT_BEGIN)
        .parser(VerdictParser.lenient())
        .forcedVerdict(true)
        .build();
  }

  /** Returns the prompt that has the judge carry out a plan step by step; see {@link #withPlan}. */
  public static JudgePrompt planned() {
    return builder("planned", PromptTexts.PLANNED_USER).system(PromptTexts.STANDARD_SYSTEM).build();
  }

  /**
   * Returns the prompt that has models below some two billion parameters go through a plan, as
   * {@link #compact} has them compare; best with {@link PlanPrompt#compact}.
   */
  public static JudgePrompt compactPlanned() {
    return builder("compactPlanned", PromptTexts.COMPACT_PLANNED_USER)
        .begin(PromptTexts.LIST_BEGIN)
        .parser(VerdictParser.lenient())
        .forcedVerdict(true)
        .build();
  }

  /** Returns the prompt that wants the verdict at once, for judging by its probability. */
  public static JudgePrompt verdictOnly() {
    return builder("verdictOnly", PromptTexts.VERDICT_ONLY_USER).build();
  }

  /**
   * Returns a builder of an own prompt.
   *
   * @param name names the prompt in manifests and messages
   * @param user the message that asks, with the placeholders {@code {prompt}}, {@code {a}}, {@code
   *     {b}}, and where wanted {@code {reference}} and {@code {plan}} (empty, or a paragraph of its
   *     own; without the first, comparisons with a reference are refused), {@code {verdicts}} (the
   *     sentence that says which markers there are) or {@code {verdictLines}} (the same as a choice
   *     of lines) or {@code {markers}} (the bare markers), and {@code {fence}}
   * @throws IllegalArgumentException if {@code user} lacks one of the first three or has another
   */
  public static Builder builder(String name, String user) {
    return new Builder(name, Template.of(user));
  }

  /** Returns a builder that starts from this prompt. */
  public Builder toBuilder() {
    Builder builder = new Builder(name, user);
    builder.system = system;
    builder.criteria = criteria;
    builder.examples.addAll(examples);
    builder.plan = plan;
    builder.begin = begin;
    builder.ties = ties;
    builder.forcedVerdict = forcedVerdict;
    builder.parser = parser;
    return builder;
  }

  /**
   * Returns this prompt with a plan to judge by, which stands where it has {@code {plan}}. Double
   * brackets in the plan become single ones, so that no verdict can be copied from it.
   *
   * @throws IllegalArgumentException if this prompt has no such place
   */
  public JudgePrompt withPlan(String plan) {
    if (!hasPlan()) {
      throw new IllegalArgumentException(this + " must have the placeholder {plan}");
    }
    Builder builder = toBuilder();
    builder.plan = Optional.of(plan.replaceAll("\\[{2,}", "[").replaceAll("\\]{2,}", "]"));
    return builder.build();
  }

  /** Returns whether this prompt has a place for a plan. */
  public boolean hasPlan() {
    return user.names().contains("plan");
  }

  /**
   * Returns the conversation that asks for a verdict on a comparison, in the order it has.
   *
   * @throws IllegalArgumentException if the comparison has a reference answer and this prompt no
   *     place for it: left out unseen, it would be missed by nobody
   */
  public List<ChatMessage> render(Comparison shown) {
    if (shown.reference().isPresent() && !user.names().contains("reference")) {
      throw new IllegalArgumentException(
          "The prompt %s has no place for the reference answer of the comparison: add {reference} to its text, or compare without a reference"
              .formatted(name));
    }
    return messages(shown);
  }

  private List<ChatMessage> messages(Comparison shown) {
    List<ChatMessage> messages = new ArrayList<>();
    systemText().map(ChatMessage::system).ifPresent(messages::add);
    for (Example example : examples) {
      messages.add(ChatMessage.user(fill(example.comparison())));
      messages.add(ChatMessage.assistant(example.reply()));
    }
    messages.add(ChatMessage.user(fill(shown)));
    return List.copyOf(messages);
  }

  private Optional<String> systemText() {
    if (criteria.isEmpty()) {
      return system;
    }
    String list =
        criteria.stream()
            .map(criterion -> "- " + criterion.name() + ": " + criterion.description())
            .collect(Collectors.joining("\n", PromptTexts.CRITERIA_LIST, ""));
    return Optional.of(system.map(text -> text + "\n\n" + list).orElse(list));
  }

  /** Returns the verdict of a reply to {@link #render}, in the letters shown. */
  public Verdict parse(Generation reply, Comparison shown) {
    return parser.parse(reply, shown);
  }

  /** Returns the reasons in a reply, in the letters shown. */
  public String rationale(String reply) {
    return parser.rationale(reply);
  }

  /** Returns how every reply begins: words that are put into the model's mouth; may be empty. */
  public String begin() {
    return begin;
  }

  /** Returns whether the model may hold both answers equal. */
  public boolean ties() {
    return ties;
  }

  /** Returns whether a reply without a readable verdict is continued up to one. */
  public boolean forcedVerdict() {
    return forcedVerdict;
  }

  /** Returns a reply so far, continued to the point where only the verdict is missing. */
  public String upToVerdict(String reply) {
    String end = Draft.strip(reply).open() ? "\n" + Draft.END : "";
    String before = reply.isBlank() ? "" : reply.stripTrailing() + end + "\n\n";
    return before + PromptTexts.VERDICT_CUE;
  }

  /** Returns what can follow {@link #upToVerdict}. */
  public List<String> verdictChoices() {
    return ties ? List.of("A]]", "B]]", "C]]") : List.of("A]]", "B]]");
  }

  /** Returns the SHA-256, in hexadecimal, of everything that decides how this prompt works. */
  public String hash() {
    StringBuilder all = new StringBuilder();
    messages(Comparison.of("{prompt}", "{a}", "{b}").withReference("{reference}"))
        .forEach(
            message ->
                all.append(message.role()).append('\0').append(message.content()).append('\0'));
    all.append(user)
        .append('\0')
        .append(begin)
        .append('\0')
        .append(verdictChoices())
        .append(forcedVerdict)
        .append(parser);
    return Hashing.sha256().hashString(all, StandardCharsets.UTF_8).toString();
  }

  @Override
  public String toString() {
    return name
        + (ties ? "+ties" : "")
        + (forcedVerdict ? "+forced" : "")
        + "@"
        + hash().substring(0, 12);
  }

  private String fill(Comparison shown) {
    Map<String, String> values = new HashMap<>();
    values.put("prompt", shown.prompt());
    values.put("a", shown.a());
    values.put("b", shown.b());
    String fence = Fence.around(shown, plan.orElse(""));
    values.put("fence", fence);
    values.put("plan", plan.map(text -> section(PromptTexts.PLAN, text, fence)).orElse(""));
    values.put("verdicts", ties ? PromptTexts.VERDICTS_WITH_TIES : PromptTexts.VERDICTS);
    values.put(
        "verdictLines", ties ? PromptTexts.VERDICT_LINES_WITH_TIES : PromptTexts.VERDICT_LINES);
    values.put("markers", ties ? PromptTexts.MARKERS_WITH_TIES : PromptTexts.MARKERS);
    values.put(
        "reference",
        shown.reference().map(text -> section(PromptTexts.REFERENCE, text, fence)).orElse(""));
    values.keySet().retainAll(user.names());
    return user.fill(values);
  }

  private static String section(Template template, String text, String fence) {
    return template.fill(Map.of("text", text, "fence", fence));
  }

  private record Example(Comparison comparison, String reply) {}

  /** Collects what makes a prompt; not safe for use by several threads. */
  public static final class Builder {
    private final String name;
    private final Template user;
    private final List<Example> examples = new ArrayList<>();
    private Optional<String> system = Optional.empty();
    private List<Criterion> criteria = List.of();
    private Optional<String> plan = Optional.empty();
    private String begin = "";
    private boolean ties;
    private boolean forcedVerdict;
    private VerdictParser parser = VerdictParser.strict();

    private Builder(String name, Template user) {
      this.name = requireNonNull(name, "name");
      this.user = user;
      for (String required : List.of("prompt", "a", "b")) {
        if (!user.names().contains(required)) {
          throw new IllegalArgumentException("user must have the placeholder {" + required + "}");
        }
      }
      if (!PLACEHOLDERS.containsAll(user.names())) {
        throw new IllegalArgumentException(
            "user may have the placeholders " + PLACEHOLDERS + ", has " + user.names());
      }
    }

    /** Sets the system message; without it there is none. */
    public Builder system(String system) {
      this.system = Optional.of(system);
      return this;
    }

    /**
     * Sets what answers are judged by, the most important first; by default that is left to the
     * model. The criteria follow the system message.
     */
    public Builder criteria(List<Criterion> criteria) {
      this.criteria = List.copyOf(criteria);
      return this;
    }

    /** Adds a worked example: an earlier turn in which the judge gave this reply. */
    public Builder example(Comparison comparison, String reply) {
      examples.add(new Example(comparison, reply));
      return this;
    }

    /** Sets how every reply begins, for models that would not reason otherwise; by default open. */
    public Builder begin(String begin) {
      this.begin = requireNonNull(begin, "begin");
      return this;
    }

    /** Sets whether the model may hold both answers equal; by default it may not. */
    public Builder ties(boolean ties) {
      this.ties = ties;
      return this;
    }

    /**
     * Sets whether a reply without a readable verdict is continued up to one, at the cost of a
     * second call; by default it is not.
     */
    public Builder forcedVerdict(boolean forcedVerdict) {
      this.forcedVerdict = forcedVerdict;
      return this;
    }

    /** Sets how replies are read; by default strictly. Ties follow {@link #ties}. */
    public Builder parser(VerdictParser parser) {
      this.parser = requireNonNull(parser, "parser");
      return this;
    }

    /** Returns the prompt. */
    public JudgePrompt build() {
      return new JudgePrompt(this);
    }
  }
}
