package io.selftaught.judge.djl.torchscript;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.io.Resources;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Packs TorchScript source files and an object of one of their classes into an archive.
 *
 * <p>The object's attributes are those that the class declares, all empty: a module fills them in a
 * method of its own. The object is written as a pickle of protocol 2, of which the handful of
 * opcodes below is enough (see {@code torch/csrc/jit/serialization/unpickler.cpp}).
 */
final class ScriptArchive {

  private static final Pattern ATTRIBUTE = Pattern.compile("^  (\\w+) : (.+)$", Pattern.MULTILINE);

  /** The initial value of an attribute, as pickle opcodes, by the start of its declared type. */
  private static final Map<String, byte[]> INITIAL =
      Map.of(
          "bool", opcodes("\u0089"), // NEWFALSE
          "int", opcodes("K\u0000"), // BININT1
          "float", opcodes("G\0\0\0\0\0\0\0\0"), // BINFLOAT
          "str", opcodes("X\0\0\0\0"), // BINUNICODE
          "Dict", opcodes("}"), // EMPTY_DICT
          "List[Tensor]",
              opcodes("ctorch.jit._pickle\nbuild_tensorlist\n]\u0085R"), // f((EMPTY_LIST,))
          "List", opcodes("]"), // EMPTY_LIST
          "Tensor", emptyTensor());

  private ScriptArchive() {}

  /**
   * Returns the archive of an object of {@code module}'s class.
   *
   * @param module the file, without suffix, whose class of the same name is made
   * @param files further files that it uses, without suffix
   */
  static byte[] of(String module, String... files) {
    String source = source(module);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      put(zip, "version", "3\n".getBytes(US_ASCII));
      put(zip, "constants.pkl", opcodes("\u0080\u0002)."));
      put(zip, "data.pkl", object(module, source));
      put(zip, "data/0", new byte[Float.BYTES]);
      put(zip, "code/__torch__/" + module + ".py", source.getBytes(UTF_8));
      for (String file : files) {
        put(zip, "code/__torch__/" + file + ".py", source(file).getBytes(UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static String source(String file) {
    try {
      return Resources.toString(
          Resources.getResource("io/selftaught/judge/djl/torchscript/" + file + ".py"), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] object(String module, String source) {
    String className = module.substring(0, 1).toUpperCase(Locale.ROOT) + module.substring(1);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    // GLOBAL class, EMPTY_TUPLE, NEWOBJ, EMPTY_DICT, MARK
    out.writeBytes(opcodes("\u0080\u0002c__torch__." + module + "\n" + className + "\n)\u0081}("));
    String declarations = source.substring(source.indexOf("class " + className + "(Module):"));
    int methods = declarations.indexOf("  def ");
    Matcher attribute = ATTRIBUTE.matcher(declarations.substring(0, methods));
    while (attribute.find()) {
      out.writeBytes(unicode(attribute.group(1)));
      out.writeBytes(initial(attribute.group(2)));
    }
    out.writeBytes(opcodes("ub.")); // SETITEMS, BUILD, STOP
    return out.toByteArray();
  }

  private static byte[] initial(String type) {
    byte[] exact = INITIAL.get(type);
    byte[] initial = exact != null ? exact : INITIAL.get(type.replaceAll("\\[.*", ""));
    if (initial == null) {
      throw new IllegalStateException(
          "No initial value for a TorchScript attribute of type " + type);
    }
    return initial;
  }

  /** A tensor of one zero, whose storage is the record {@code data/0}. */
  private static byte[] emptyTensor() {
    return opcodes(
        "ctorch._utils\n_rebuild_tensor_v2\n"
            + "(" // MARK
            + "(X\u0007\0\0\0storagectorch\nFloatStorage\nX\u0001\0\0\0"
            + "0X\u0003\0\0\0cpuK\u0001tQ" // the storage: TUPLE, BINPERSID
            + "K\0K\u0001\u0085K\u0001\u0085\u0089" // offset 0, size (1,), stride (1,), no gradient
            + "ccollections\nOrderedDict\n)R" // no hooks
            + "tR"); // TUPLE, REDUCE
  }

  private static byte[] unicode(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    return ByteBuffer.allocate(5 + bytes.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put((byte) 'X')
        .putInt(bytes.length)
        .put(bytes)
        .array();
  }

  private static byte[] opcodes(String text) {
    return text.getBytes(ISO_8859_1);
  }

  private static void put(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    ZipEntry entry = new ZipEntry("archive/" + name);
    entry.setMethod(ZipEntry.STORED); // libtorch maps the records
    entry.setSize(bytes.length);
    entry.setCrc(crc.getValue());
    entry.setTime(0);
    zip.putNextEntry(entry);
    zip.write(bytes);
    zip.closeEntry();
  }
}
