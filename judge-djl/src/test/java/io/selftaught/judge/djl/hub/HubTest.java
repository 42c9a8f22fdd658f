package io.selftaught.judge.djl.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.selftaught.judge.InvalidInputException;
import io.selftaught.judge.ProgressEvent;
import io.selftaught.judge.ProgressListener;
import java.io.IOException;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HubTest {

  private static final byte[] WEIGHTS = new byte[2_500_000];

  static {
    new Random(7).nextBytes(WEIGHTS);
  }

  @TempDir private Path cache;
  private FakeHub fake;

  @BeforeEach
  void fill() {
    fake = new FakeHub().small("config.json", "{\"a\": 1}").large("sub/model.bin", WEIGHTS);
  }

  @AfterEach
  void stop() {
    fake.close();
  }

  @Test
  void file_isPutWhereHuggingfaceHubPutsIt() throws IOException {
    HubRepository repository = open("org/name");
    Path config = repository.file("config.json");
    Path weights = repository.file("sub/model.bin");
    Path snapshot = repository.complete();

    Path folder = cache.resolve("models--org--name");
    assertThat(snapshot).isEqualTo(folder.resolve("snapshots/" + FakeHub.COMMIT));
    assertThat(config).isEqualTo(snapshot.resolve("config.json")).hasContent("{\"a\": 1}");
    assertThat(weights).isEqualTo(snapshot.resolve("sub/model.bin")).hasBinaryContent(WEIGHTS);
    assertThat(Files.readSymbolicLink(config).toString())
        .isEqualTo("../../blobs/" + FakeHub.gitHash("{\"a\": 1}".getBytes(StandardCharsets.UTF_8)));
    assertThat(Files.readSymbolicLink(weights).toString())
        .isEqualTo("../../../blobs/" + FakeHub.sha256(WEIGHTS));
    assertThat(folder.resolve("refs/main")).hasContent(FakeHub.COMMIT);
  }

  @Test
  void findFile_absent_isRememberedLikeInPython() {
    HubRepository repository = open("org/name");
    assertThat(repository.findFile("chat_template.jinja")).isEmpty();
    int before = fake.requests.size();
    assertThat(repository.findFile("chat_template.jinja")).isEmpty();
    assertThat(fake.requests).hasSize(before);
    assertThat(cache.resolve("models--org--name/.no_exist/" + FakeHub.COMMIT))
        .isDirectoryContaining("glob:**/chat_template.jinja");
  }

  @Test
  void file_inTheCache_isNotFetchedAgain() {
    open("org/name").file("sub/model.bin");
    fake.requests.clear();
    open("org/name").file("sub/model.bin");
    assertThat(fake.requests).extracting(FakeHub.Request::method).containsExactly("HEAD");
    fake.requests.clear();
    open("org/name@" + FakeHub.COMMIT).file("sub/model.bin");
    assertThat(fake.requests).isEmpty();
  }

  @Test
  void file_sameContentInAnotherCommit_isLinkedOnly() throws IOException {
    open("org/name").file("sub/model.bin");
    Path snapshots = cache.resolve("models--org--name/snapshots");
    Files.move(snapshots.resolve(FakeHub.COMMIT), snapshots.resolve("f".repeat(40)));
    fake.requests.clear();
    assertThat(open("org/name").file("sub/model.bin")).hasBinaryContent(WEIGHTS);
    assertThat(fake.requests).extracting(FakeHub.Request::method).doesNotContain("GET");
  }

  @Test
  void token_goesToTheHubAndNotToTheStore() {
    open("org/name").file("sub/model.bin");
    assertThat(fake.requests)
        .filteredOn(r -> r.server().equals("hub"))
        .isNotEmpty()
        .allMatch(r -> r.authorization().equals("Bearer hf_secret"));
    assertThat(fake.requests)
        .filteredOn(r -> r.server().equals("store"))
        .isNotEmpty()
        .allMatch(r -> r.authorization().isEmpty());
  }

  @Test
  void listener_hearsOfLargeFilesInBytes() {
    List<ProgressEvent> events = new ArrayList<>();
    HubRepository repository =
        Hub.of(fake.settings(cache)).open(HubId.parse("org/name"), "config.json", events::add);
    repository.file("config.json");
    assertThat(events).isEmpty();
    repository.file("sub/model.bin");
    assertThat(events)
        .hasSizeBetween(2, 101)
        .allMatch(e -> e.stage().equals("download sub/model.bin") && e.total() == WEIGHTS.length)
        .last()
        .matches(e -> e.done() == WEIGHTS.length);
  }

  @Test
  void revision_isFetchedAsItIsAndRemembered() {
    HubRepository repository = open("org/name@refs/pr/1");
    repository.file("config.json");
    repository.complete();
    assertThat(fake.requests.get(0).path())
        .isEqualTo("/org/name/resolve/refs%2Fpr%2F1/config.json");
    assertThat(cache.resolve("models--org--name/refs/refs/pr/1")).hasContent(FakeHub.COMMIT);
  }

  @Test
  void offline_usesTheCacheAndAsksNobody() {
    HubRepository online = open("org/name");
    online.file("config.json");
    online.complete();
    fake.requests.clear();

    Hub offline = Hub.of(FakeHub.offline(fake.settings(cache)));
    HubRepository repository =
        offline.open(HubId.parse("org/name"), "config.json", ProgressListener.none());
    assertThat(repository.file("config.json")).hasContent("{\"a\": 1}");
    assertThatThrownBy(() -> repository.file("sub/model.bin"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("sub/model.bin of org/name is not in the cache")
        .hasMessageContaining("HF_HUB_OFFLINE");
    assertThatThrownBy(
            () -> offline.open(HubId.parse("org/other"), "config.json", ProgressListener.none()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("org/other is not in the cache");
    assertThat(fake.requests).isEmpty();
  }

  @Test
  void open_hubIsDown_usesTheCache() {
    HubRepository online = open("org/name");
    online.file("config.json");
    online.complete();
    HubSettings settings = fake.settings(cache);
    fake.close();
    HubRepository repository =
        Hub.of(settings).open(HubId.parse("org/name"), "config.json", ProgressListener.none());
    assertThat(repository.file("config.json")).hasContent("{\"a\": 1}");
  }

  @Test
  void proxy_isUsed() {
    // The fake hub is the proxy: it answers to whatever host the request line names.
    HubSettings there =
        FakeHub.with(
            fake.settings(cache),
            EnvironmentProxies.of(Map.of("HTTP_PROXY", fake.endpoint().toString())));
    HubSettings settings =
        new HubSettings(
            URI.create("http://hub.invalid"),
            there.cache(),
            there.token(),
            false,
            there.proxies(),
            there.timeout(),
            there.backoff());
    HubRepository repository =
        Hub.of(settings).open(HubId.parse("org/name"), "config.json", ProgressListener.none());
    assertThat(repository.file("config.json")).hasContent("{\"a\": 1}");
  }

  @Test
  void noProxy_exemptsHostsAndTheirSubdomains() {
    var proxies =
        EnvironmentProxies.of(
            Map.of("https_proxy", "http://proxy:3128", "NO_PROXY", "example.com, .local"));
    assertThat(proxies.select(URI.create("https://huggingface.co")).get(0).address().toString())
        .contains("proxy")
        .contains("3128");
    assertThat(proxies.select(URI.create("https://hub.example.com")))
        .containsExactly(Proxy.NO_PROXY);
    assertThat(proxies.select(URI.create("https://mirror.local"))).containsExactly(Proxy.NO_PROXY);
    assertThat(proxies.select(URI.create("https://badexample.com")).get(0))
        .isNotEqualTo(Proxy.NO_PROXY);
  }

  @Test
  void proxyWithPassword_isRefusedWithoutQuotingIt() {
    var proxies = EnvironmentProxies.of(Map.of("HTTPS_PROXY", "http://user:geheim@proxy:1"));
    assertThatThrownBy(() -> proxies.select(URI.create("https://huggingface.co")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageNotContaining("geheim");
  }

  @Test
  void ids_areReadWithRevisionAndFile() {
    assertThat(HubId.parse("a/b")).isEqualTo(new HubId("a/b", "main", Optional.empty()));
    assertThat(HubId.parse("a.b/c-d_1.5@refs/pr/1:x/y.gguf"))
        .isEqualTo(new HubId("a.b/c-d_1.5", "refs/pr/1", Optional.of("x/y.gguf")));
    assertThat(HubId.isOne("a/b@..")).isTrue();
    assertThat(List.of("model.gguf", "models/model.gguf", "/a/b", "./a/b", "a/b/c", "a\\b/c"))
        .noneMatch(HubId::isOne);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a/b@..",
        "a/b@../../x",
        "a/b@a/../b",
        "a/b@/x",
        "a/b@",
        "a/b@.hidden",
        "a/b@x y",
        "a/b:../x",
        "a/b:/x",
        "a/b:",
        "a--b/c",
        "a..b/c",
        "../b",
        "a/..",
        "a",
        "a/b/c",
        "a/b@x\n",
        "-a/b"
      })
  void ids_thatLeadElsewhere_areRefused(String id) {
    assertThatThrownBy(() -> HubId.parse(id)).isInstanceOf(InvalidInputException.class);
  }

  @Test
  void settings_areReadAsPythonReadsThem(@TempDir Path home) throws IOException {
    HubSettings defaults = HubSettings.of(Map.of(), home);
    assertThat(defaults.endpoint()).isEqualTo(URI.create("https://huggingface.co"));
    assertThat(defaults.cache()).isEqualTo(home.resolve(".cache/huggingface/hub"));
    assertThat(defaults.token()).isEmpty();
    assertThat(defaults.offline()).isFalse();

    Files.writeString(home.resolve("token"), "hf_file\n");
    HubSettings moved =
        HubSettings.of(
            Map.of(
                "HF_HOME",
                home.toString(),
                "HF_ENDPOINT",
                "https://mirror/",
                "HF_HUB_OFFLINE",
                "1"),
            home);
    assertThat(moved.cache()).isEqualTo(home.resolve("hub"));
    assertThat(moved.endpoint()).isEqualTo(URI.create("https://mirror"));
    assertThat(moved.token()).contains("hf_file");
    assertThat(moved.offline()).isTrue();
    assertThat(moved.toString()).doesNotContain("hf_file");

    HubSettings direct = HubSettings.of(Map.of("HF_HUB_CACHE", "~/c", "HF_TOKEN", "hf_env"), home);
    assertThat(direct.cache()).isEqualTo(home.resolve("c"));
    assertThat(direct.token()).contains("hf_env");
  }

  @Test
  void settings_thatMakeNoSense_areNamed(@TempDir Path home) {
    assertThatThrownBy(() -> HubSettings.of(Map.of("HF_ENDPOINT", "ftp://x"), home))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("HF_ENDPOINT");
    assertThatThrownBy(() -> HubSettings.of(Map.of("HF_TOKEN", "hf_ geheim"), home))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("HF_TOKEN")
        .hasMessageNotContaining("geheim");
  }

  @Test
  void file_manyThreads_isFetchedOnceAndWhole() throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(8);
    try {
      List<Future<Path>> paths = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        paths.add(executor.submit(() -> open("org/name").file("sub/model.bin")));
      }
      for (Future<Path> path : paths) {
        assertThat(path.get()).hasBinaryContent(WEIGHTS);
      }
    } finally {
      executor.shutdownNow();
    }
    assertThat(fake.requests).filteredOn(r -> r.server().equals("store")).hasSize(1);
    assertNothingIsLeftOver();
  }

  @Test
  void file_manyProcesses_isFetchedOnceAndWhole() throws Exception {
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      processes.add(
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx64m",
                  "-cp",
                  System.getProperty("java.class.path"),
                  Fetch.class.getName(),
                  fake.endpoint().toString(),
                  cache.toString())
              .inheritIO()
              .start());
    }
    for (Process process : processes) {
      assertThat(process.waitFor()).isZero();
    }
    assertThat(open("org/name").file("sub/model.bin")).hasBinaryContent(WEIGHTS);
    assertThat(fake.requests).filteredOn(r -> r.server().equals("store")).hasSize(1);
    assertNothingIsLeftOver();
  }

  /** One of several processes that want the same file. */
  static final class Fetch {

    private Fetch() {}

    public static void main(String[] args) {
      HubSettings settings =
          HubSettings.of(
              Map.of("HF_ENDPOINT", args[0], "HF_HUB_CACHE", args[1]), Path.of("/nowhere"));
      HubRepository repository =
          Hub.of(settings).open(HubId.parse("org/name"), "config.json", ProgressListener.none());
      if (!Files.isRegularFile(repository.file("sub/model.bin"))) {
        throw new AssertionError();
      }
    }
  }

  private void assertNothingIsLeftOver() throws IOException {
    try (Stream<Path> all = Files.walk(cache)) {
      assertThat(all.map(Path::toString))
          .noneMatch(name -> name.endsWith(".incomplete") || name.endsWith(".tmp"));
    }
  }

  private HubRepository open(String id) {
    return Hub.of(fake.settings(cache))
        .open(HubId.parse(id), "config.json", ProgressListener.none());
  }
}
