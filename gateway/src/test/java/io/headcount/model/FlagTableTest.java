package io.headcount.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of flags in ARCHITECTURE.md names the flags that there are, in their order, and says something about each. */
class FlagTableTest {
    private static final Pattern ROW = Pattern.compile("\\| `([a-z-]+)` \\| [^|]{10,} \\| [^|]{10,} \\|");

    @Test
    void shouldListEveryFlagWithItsMeaning() throws IOException {
        String text = Files.readString(Path.of("ARCHITECTURE.md"));
        String section = text.substring(text.indexOf("## Flags"), text.indexOf("## Bounds"));
        List<String> listed =
                ROW.matcher(section).results().map(row -> row.group(1)).toList();
        assertThat(listed)
                .isEqualTo(Stream.of(RowFlag.values()).map(RowFlag::label).toList());
    }
}
