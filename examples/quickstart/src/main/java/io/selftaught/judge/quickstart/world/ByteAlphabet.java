package io.selftaught.judge.quickstart.world;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The printable stand-ins for the 256 bytes in byte-level BPE (Radford et al. 2019, GPT-2):
 * printable Latin-1 characters stand for themselves, the others for the characters from 256 on.
 */
final class ByteAlphabet {

  private static final List<String> SYMBOLS = symbols();

  private ByteAlphabet() {}

  /** Returns all symbols; the place in the list is the byte. */
  static List<String> all() {
    return SYMBOLS;
  }

  /** Returns the symbols of a text's UTF-8 bytes. */
  static List<String> symbolsOf(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    return IntStream.range(0, bytes.length).mapToObj(i -> SYMBOLS.get(bytes[i] & 0xFF)).toList();
  }

  private static List<String> symbols() {
    String[] symbols = new String[256];
    int next = 256;
    for (int b = 0; b < 256; b++) {
      symbols[b] = Character.toString(printable(b) ? b : next++);
    }
    return List.of(symbols);
  }

  private static boolean printable(int b) {
    return (b >= '!' && b <= '~') || (b >= 0xA1 && b <= 0xAC) || (b >= 0xAE && b <= 0xFF);
  }
}
