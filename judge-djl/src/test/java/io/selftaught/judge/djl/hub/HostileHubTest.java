package io.selftaught.judge.djl.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.selftaught.judge.InvalidInputException;
import io.selftaught.judge.JudgeException;
import io.selftaught.judge.ModelException;
import io.selftaught.judge.ProgressListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A hub that breaks off, lies, and reaches for what is outside of the cache. */
class HostileHubTest {

  private static final byte[] WEIGHTS = new byte[3_000_000];

  static {
    new Random(9).nextBytes(WEIGHTS);
  }

  @TempDir private Path temp;
  private Path cache;
  private FakeHub fake;

  @BeforeEach
  void fill() {
    cache = temp.resolve("cache");
    fake = new FakeHub().small("config.json", "{}").large("model.bin", WEIGHTS);
  }

  @AfterEach
  void stop() {
    fake.close();
  }

  @Test
  void bodyBreaksOff_isContinuedWhereItStopped() {
    fake.bodies.add(FakeHub.dropAfter(1000));
    fake.bodies.add(FakeHub.dropAfter(1000));
    assertThat(fetch()).hasBinaryContent(WEIGHTS);
    assertThat(fake.requests)
        .filteredOn(r -> r.server().equals("store"))
        .extracting(FakeHub.Request::range)
        .containsExactly("", "bytes=1000-", "bytes=2000-");
  }

  @Test
  void bodyBreaksOffAgainAndAgain_goesOnAsLongAsMuchComes() {
    fake.large("model.bin", new byte[12_000_000]);
    for (int i = 0; i < 10; i++) {
      fake.bodies.add(FakeHub.dropAfter(1_100_000));
    }
    assertThat(fetch()).hasSize(12_000_000);
  }

  @Test
  void bodyNeverComes_isGivenUpAndContinuedByTheNextCall() {
    for (int i = 0; i < 6; i++) {
      fake.bodies.add(FakeHub.dropAfter(i == 0 ? 5000 : 0));
    }
    assertThatThrownBy(this::fetch)
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("broke off")
        .hasMessageContaining("what has been fetched is kept");
    fake.requests.clear();
    assertThat(fetch()).hasBinaryContent(WEIGHTS);
    assertThat(fake.requests).last().matches(r -> r.range().equals("bytes=5000-"));
  }

  @Test
  void rangeIgnored_startsOver() {
    fake.bodies.add(FakeHub.dropAfter(1000));
    fake.bodies.add((exchange, content) -> FakeHub.send(exchange, 200, content));
    assertThat(fetch()).hasBinaryContent(WEIGHTS);
  }

  @Test
  void rangeMistaken_startsOver() {
    fake.bodies.add(FakeHub.dropAfter(1000));
    fake.bodies.add(
        (exchange, content) -> {
          FakeHub.header(exchange, "Content-Range", "bytes 0-99/100");
          FakeHub.send(exchange, 206, new byte[100]);
        });
    fake.bodies.add((exchange, content) -> FakeHub.send(exchange, 416, new byte[0]));
    assertThat(fetch()).hasBinaryContent(WEIGHTS);
  }

  @Test
  void silentBody_isHungUpOn() {
    fake.bodies.add(
        (exchange, content) -> {
          exchange.sendResponseHeaders(200, content.length);
          exchange.getResponseBody().write(content, 0, 10);
          exchange.getResponseBody().flush();
          try {
            Thread.sleep(4000);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    HubSettings hasty = FakeHub.with(fake.settings(cache), Duration.ofMillis(1500));
    assertThat(fetch("org/name", hasty, "model.bin")).hasBinaryContent(WEIGHTS);
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 429, 500, 503})
  void passingTrouble_isWaitedFor(int status) {
    fake.heads.add(FakeHub.status(status, ""));
    fake.bodies.add((exchange, content) -> FakeHub.send(exchange, status, new byte[0]));
    assertThat(fetch()).hasBinaryContent(WEIGHTS);
  }

  @Test
  void retryAfter_isObeyed() {
    fake.heads.add(
        (exchange, content) -> {
          FakeHub.header(exchange, "Retry-After", "1");
          exchange.sendResponseHeaders(429, -1);
        });
    long start = System.nanoTime();
    fetch();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(990));
  }

  @Test
  void retryAfterTomorrow_isReportedAndNotWaitedFor() {
    fake.bodies.add(
        (exchange, content) -> {
          FakeHub.header(exchange, "Retry-After", "86400");
          exchange.sendResponseHeaders(429, -1);
        });
    assertThatThrownBy(this::fetch)
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("429")
        .hasMessageContaining("86400 s");
  }

  @Test
  void longerThanAnnounced_isRefused() {
    fake.bodies.add(
        (exchange, content) -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write(content);
          exchange.getResponseBody().write(content);
        });
    assertThatThrownBy(this::fetch)
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("more came than the announced 3000000 bytes");
    assertThat(fetch()).hasBinaryContent(WEIGHTS);
  }

  @Test
  void shorterThanAnnounced_isContinued() {
    fake.bodies.add(
        (exchange, content) -> {
          exchange.sendResponseHeaders(200, 0); // chunked, so the end looks like one
          exchange.getResponseBody().write(content, 0, 777);
        });
    assertThat(fetch()).hasBinaryContent(WEIGHTS);
  }

  @Test
  void largerThanTheDisk_isRefusedBeforeAnythingIsFetched() {
    fake.heads.add(announce("\"" + "a".repeat(64) + "\"", "99999999999999999"));
    assertThatThrownBy(this::fetchPinned)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("HF_HUB_CACHE");
    assertThat(fake.requests).extracting(FakeHub.Request::method).doesNotContain("GET");
  }

  @Test
  void otherContentThanAnnounced_isRefusedAndForgotten() throws IOException {
    fake.bodies.add((exchange, content) -> FakeHub.send(exchange, 200, new byte[content.length]));
    assertThatThrownBy(this::fetch)
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("checksum")
        .hasMessageContaining(FakeHub.sha256(WEIGHTS));
    try (Stream<Path> blobs = Files.list(cache.resolve("models--org--name/blobs"))) {
      assertThat(blobs).isEmpty();
    }
    assertThat(fetch()).hasBinaryContent(WEIGHTS);
  }

  @Test
  void otherSmallContentThanAnnounced_isRefused() {
    fake.bodies.add((exchange, content) -> FakeHub.send(exchange, 200, new byte[content.length]));
    assertThatThrownBy(() -> fetch("org/name", fake.settings(cache), "config.json"))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("checksum");
  }

  @Test
  void damagedPart_isFetchedFromTheStart() throws IOException {
    Path part = partial();
    Files.createDirectories(part.getParent());
    Files.write(part, new byte[1000]);
    assertThat(fetch()).hasBinaryContent(WEIGHTS);
  }

  @Test
  void partThatIsALinkOutOfTheCache_isNotFollowed() throws IOException {
    Path victim = Files.writeString(temp.resolve("victim"), "mine");
    Files.createDirectories(partial().getParent());
    Files.createSymbolicLink(partial(), victim);
    assertThatThrownBy(this::fetch).isInstanceOf(JudgeException.class);
    assertThat(victim).hasContent("mine");
  }

  private Path partial() {
    return cache.resolve("models--org--name/blobs/" + FakeHub.sha256(WEIGHTS) + ".jvm.incomplete");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../../../evil", "a/b", "..", "", "\"", "a b", "a\\b"})
  void etagThatIsNoName_isRefused(String etag) {
    fake.heads.add(announce("\"" + etag + "\"", "10"));
    assertThatThrownBy(this::fetchPinned)
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("ETag");
    assertThat(temp.resolve("evil")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"../../../evil", "main", "0123", ""})
  void commitThatIsNone_isRefused(String commit) {
    fake.heads.add(
        (exchange, content) -> {
          FakeHub.header(exchange, RemoteFile.COMMIT, commit);
          FakeHub.header(exchange, "ETag", "\"abc\"");
          exchange.sendResponseHeaders(200, -1);
        });
    assertThatThrownBy(this::fetch)
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("X-Repo-Commit");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../evil", "/etc/passwd", "a/../../b", "a//b", ".git/config", "a\\b", "", "a\nb"})
  void fileThatLeadsElsewhere_isRefused(String name) {
    HubRepository repository =
        Hub.of(fake.settings(cache))
            .open(HubId.parse("org/name"), "config.json", ProgressListener.none());
    assertThatThrownBy(() -> repository.file(name))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("org/name");
  }

  @ParameterizedTest
  @CsvSource({
    "401, RepoNotFound, does not exist",
    "401, GatedRepo, is gated",
    "403, GatedRepo, accept its conditions",
    "403, '', the token may not read it",
    "404, RevisionNotFound, has no such revision",
    "404, RepoNotFound, does not exist",
    "404, EntryNotFound, has no file config.json",
    "410, '', answers 410"
  })
  void refusal_isToldInPlainWords(int status, String code, String words) {
    fake.heads.add(FakeHub.status(status, code));
    assertThatThrownBy(this::fetch)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("org/name@main")
        .hasMessageContaining(words)
        .hasMessageNotContaining("hf_secret");
    assertThat(fake.requests).hasSize(1);
  }

  @Test
  void redirectWithinTheHub_isFollowedWithTheToken() {
    fake.heads.add(
        (exchange, content) ->
            FakeHub.redirect(exchange, 307, "/org/renamed/resolve/main/config.json"));
    assertThat(fetch()).hasBinaryContent(WEIGHTS);
    assertThat(fake.requests.get(1).authorization()).isEqualTo("Bearer hf_secret");
    assertThat(fake.requests.get(1).path()).contains("renamed");
  }

  @Test
  void redirectWithoutEnd_isLeft() {
    for (int i = 0; i < 20; i++) {
      fake.heads.add(
          (exchange, content) ->
              FakeHub.redirect(exchange, 302, exchange.getRequestURI().getPath()));
    }
    assertThatThrownBy(this::fetch)
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("redirected more than 10 times");
  }

  @ParameterizedTest
  @ValueSource(strings = {"file:///etc/passwd", "ftp://x/y", "http:///x", "::", ""})
  void redirectToWhatIsNoServer_isRefused(String location) {
    fake.heads.add((exchange, content) -> FakeHub.redirect(exchange, 302, location));
    assertThatThrownBy(this::fetch)
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("redirects to");
  }

  private static FakeHub.Answer announce(String etag, String size) {
    return (exchange, content) -> {
      FakeHub.header(exchange, "X-Linked-Etag", etag);
      FakeHub.header(exchange, "X-Linked-Size", size);
      FakeHub.redirect(exchange, 302, "http://127.0.0.1:1/");
    };
  }

  private Path fetch() {
    return fetch("org/name", fake.settings(cache), "model.bin");
  }

  /** With a commit as the revision, the first head asked for is that of the file. */
  private Path fetchPinned() {
    return fetch("org/name@" + FakeHub.COMMIT, fake.settings(cache), "model.bin");
  }

  private static Path fetch(String id, HubSettings settings, String file) {
    return Hub.of(settings)
        .open(HubId.parse(id), "config.json", ProgressListener.none())
        .file(file);
  }
}
