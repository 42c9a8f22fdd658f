package io.selftaught.judge.djl.hub;

import static java.util.Objects.requireNonNull;

import io.selftaught.judge.InvalidInputException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a hub knows a model by: {@code org/name[@revision][:file]}.
 *
 * @param repository {@code org/name}
 * @param revision a branch, a tag or a commit
 * @param file a file of the repository, if the model is just that
 */
public record HubId(String repository, String revision, Optional<String> file) {

  private static final String DEFAULT_REVISION = "main";
  private static final String NAME = "[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,94}[A-Za-z0-9_])?";
  private static final Pattern REPOSITORY = Pattern.compile(NAME + "/" + NAME);

  /**
   * Names with separators; each part begins so that it can be neither hidden nor a step upwards.
   */
  private static final Pattern NAMES =
      Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.+-]*(?:/[A-Za-z0-9_][A-Za-z0-9_.+-]*)*");

  private static final Pattern ID =
      Pattern.compile(
          "(?<repository>[^@:]+)(?:@(?<revision>[^@:]*))?(?::(?<file>.*))?", Pattern.DOTALL);

  /**
   * Checks the parts.
   *
   * @throws InvalidInputException if one is not what a hub can have
   */
  public HubId {
    requireNonNull(revision, "revision");
    requireNonNull(file, "file");
    boolean twoParts = REPOSITORY.matcher(repository).matches();
    if (!twoParts || repository.contains("..") || repository.contains("--")) {
      throw new InvalidInputException(
          "\"%s\" is no model of a hub: that is org/name[@revision][:file.gguf]"
              .formatted(repository));
    }
    checkNames(repository, "revision", revision);
    file.ifPresent(name -> checkNames(repository, "file", name));
  }

  /** Returns whether this is written like an id of a hub; the path of a directory may be, too. */
  public static boolean isOne(String text) {
    Matcher matcher = ID.matcher(text);
    return matcher.matches()
        && REPOSITORY.matcher(matcher.group("repository")).matches()
        && !matcher.group("repository").endsWith(".gguf");
  }

  /**
   * Reads {@code org/name[@revision][:file]}.
   *
   * @throws InvalidInputException if it is not written like that
   */
  public static HubId parse(String text) {
    Matcher matcher = ID.matcher(text);
    if (!matcher.matches()) {
      throw new InvalidInputException(
          "\"%s\" is no model of a hub: that is org/name[@revision][:file.gguf]".formatted(text));
    }
    String revision = matcher.group("revision");
    return new HubId(
        matcher.group("repository"),
        revision == null ? DEFAULT_REVISION : revision,
        Optional.ofNullable(matcher.group("file")));
  }

  /**
   * Returns the name, if it can stand in a repository and in a cache.
   *
   * @throws InvalidInputException if it cannot: it would lead elsewhere
   */
  static String checkNames(String repository, String what, String name) {
    if (name.length() > 400 || !NAMES.matcher(name).matches()) {
      throw new InvalidInputException(
          "%s of %s must be names of letters, digits and _ . + - with / between them, was \"%s\""
              .formatted(what, repository, name));
    }
    return name;
  }

  @Override
  public String toString() {
    return repository
        + (revision.equals(DEFAULT_REVISION) ? "" : "@" + revision)
        + file.map(name -> ":" + name).orElse("");
  }
}
