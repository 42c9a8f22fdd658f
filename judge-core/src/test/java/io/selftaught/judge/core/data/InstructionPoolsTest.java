package io.selftaught.judge.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.selftaught.judge.Instruction;
import io.selftaught.judge.InvalidInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstructionPoolsTest {

  @TempDir Path dir;

  @Test
  void read_ownRows_keepIdSourceAndText() throws IOException {
    assertThat(
            read(
                    "pool.jsonl",
                    "{\"id\":\"a\",\"source\":\"s\",\"category\":\"c\",\"instruction\":\"Sing.\"}")
                .records())
        .containsExactly(new Instruction("a", "Sing.", "s"));
  }

  @Test
  void read_alpacaLines_joinInstructionAndInput() throws IOException {
    Parsed<Instruction> pool =
        read(
            "alpaca.jsonl",
            """
            {"instruction":"Translate.","input":"Guten Tag","output":"Good day"}
            {"instruction":"Sing.","input":"","output":"La"}
            """);

    assertThat(pool.records())
        .containsExactly(
            new Instruction("alpaca-1", "Translate.\n\nGuten Tag", "alpaca"),
            new Instruction("alpaca-2", "Sing.", "alpaca"));
  }

  @Test
  void read_alpacaArray_countsElementsAndRejectsOneByOne() throws IOException {
    Parsed<Instruction> pool =
        read(
            "alpaca.json",
            """
            \uFEFF [
              {"instruction": "Sing.", "input": "", "output": "La"},
              7,
              {"instruction": " "},
              {"instruction": "Dance."}
            ]""");

    assertThat(pool.records())
        .containsExactly(
            new Instruction("alpaca-1", "Sing.", "alpaca"),
            new Instruction("alpaca-4", "Dance.", "alpaca"));
    assertThat(pool.rejected())
        .containsExactly(
            new Parsed.Rejected(2, "not a JSON object, but a number"),
            new Parsed.Rejected(3, "text must not be blank"));
  }

  @Test
  void read_truncatedArray_isRefusedByName() throws IOException {
    assertThatThrownBy(() -> read("alpaca.json", "[{\"instruction\": \"Sing.\"},"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("alpaca.json as a JSON array");
  }

  @Test
  void read_promptsAndNumericIds_areUnderstood() throws IOException {
    assertThat(read("p.jsonl", "{\"id\":12,\"prompt\":\"Sing.\"}").records())
        .containsExactly(new Instruction("12", "Sing.", "p"));
  }

  @Test
  void read_wildChatRow_takesTheFirstTurnOfTheUser() throws IOException {
    Parsed<Instruction> pool =
        read(
            "wildchat.jsonl",
            """
            {"conversation_hash":"h1","conversation":[{"role":"system","content":"Be kind."},{"role":"user","content":"Sing.","language":"English"},{"role":"assistant","content":"La"},{"role":"user","content":"More"}]}
            {"conversation_hash":"h2","conversation":[]}
            """);

    assertThat(pool.records()).containsExactly(new Instruction("h1", "Sing.", "wildchat"));
    assertThat(pool.rejected())
        .containsExactly(new Parsed.Rejected(2, "the conversation has no turn of a user"));
  }

  @Test
  void read_plainText_isOneInstructionALineCalledByItsNumber() throws IOException {
    assertThat(read("tasks.txt", "Sing.\n\n  Dance [slowly].\n").records())
        .containsExactly(
            new Instruction("tasks-1", "Sing.", "tasks"),
            new Instruction("tasks-3", "Dance [slowly].", "tasks"));
  }

  @Test
  void read_badLines_areNumberedAndTheRestIsUsed() throws IOException {
    Parsed<Instruction> pool =
        read(
            "pool.jsonl",
            """
            {"id":"a","instruction":"Sing."}
            {"id":"b","instruction":
            {"id":"c","instruction":"   "}
            {"id":"a","instruction":"Dance."}
            {"id":"d","task":"Jump."}
            {"id":"e","instruction":"Rest."}
            """);

    assertThat(pool.records()).extracting(Instruction::id).containsExactly("a", "e");
    assertThat(pool.rejected()).extracting(Parsed.Rejected::line).containsExactly(2L, 3L, 4L, 5L);
    assertThat(pool.rejected().get(1).reason()).isEqualTo("text must not be blank");
    assertThat(pool.rejected().get(2).reason()).isEqualTo("the id \"a\" was used in line 1");
    assertThat(pool.rejected().get(3).reason())
        .isEqualTo("no field \"instruction\", \"prompt\" or \"conversation\" among [id, task]");
  }

  @Test
  void read_jsonFileThatBeginsWithABadLine_isNotTakenForPlainText() throws IOException {
    Parsed<Instruction> pool = read("pool.jsonl", "garbage\n{\"instruction\":\"Sing.\"}\n");

    assertThat(pool.records()).extracting(Instruction::id).containsExactly("pool-2");
    assertThat(pool.rejected()).hasSize(1);
  }

  @Test
  void read_nothingUsable_isRefusedWithTheShapesExpected() throws IOException {
    for (String content : new String[] {"", "\n\n", "{\"text\":\"x\"}\n"}) {
      assertThatThrownBy(() -> read("pool.jsonl", content))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("pool.jsonl holds no instruction")
          .hasMessageContaining("\"instruction\", \"prompt\" or \"conversation\"");
    }
  }

  @Test
  void read_noSuchFile_namesIt() {
    assertThatThrownBy(() -> InstructionPools.read(dir.resolve("none.jsonl")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("No such file: " + dir.resolve("none.jsonl"));
  }

  @Test
  void read_lineThatIsNotUtf8_isRejected() throws IOException {
    Path file = dir.resolve("tasks.txt");
    Files.write(file, "Grüße\nSing.\n".getBytes(StandardCharsets.ISO_8859_1));

    Parsed<Instruction> pool = InstructionPools.read(file);

    assertThat(pool.records()).extracting(Instruction::text).containsExactly("Sing.");
    assertThat(pool.rejected()).containsExactly(new Parsed.Rejected(1, "not valid UTF-8"));
  }

  private Parsed<Instruction> read(String name, String content) throws IOException {
    return InstructionPools.read(Files.writeString(dir.resolve(name), content));
  }
}
