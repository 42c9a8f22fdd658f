package io.selftaught.judge.report;

import static j2html.TagCreator.code;
import static j2html.TagCreator.p;
import static j2html.TagCreator.text;

import j2html.tags.DomContent;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a run was made with, in full. */
final class Settings {

  private Settings() {}

  static List<DomContent> sections(Optional<RunFiles> files) {
    Map<String, String> settings = files.map(RunFiles::settings).orElse(Map.of());
    if (settings.isEmpty()) {
      return List.of();
    }
    return List.of(
        Parts.section(
            "Configuration",
            Parts.table(
                List.of("setting", "value"),
                settings.entrySet().stream()
                    .map(
                        setting ->
                            List.<DomContent>of(text(setting.getKey()), code(setting.getValue())))
                    .toList()),
            p("The same settings, model and pool give the same records again.")));
  }
}
