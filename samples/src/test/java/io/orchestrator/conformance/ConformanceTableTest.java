package io.orchestrator.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** {@code -Dconformance.write=true} writes the table anew. */
class ConformanceTableTest {
    private static final Path ROOT = root();

    @Test
    void theTableSaysWhatIsTested() throws IOException {
        ConformanceTable table = new ConformanceTable(ROOT, lines("names.tsv"), lines("not-applicable.tsv"));
        assertThat(table.unknown()).as("names that no conformance test has").isEmpty();
        for (Map.Entry<String, String> made : table.files().entrySet()) {
            Path file = ROOT.resolve(made.getKey());
            if (Boolean.getBoolean("conformance.write")) {
                Files.createDirectories(Objects.requireNonNull(file.getParent()));
                Files.writeString(file, made.getValue());
            }
            assertThat(Files.readString(file))
                    .as("%s; -Dconformance.write=true brings it up to date", made.getKey())
                    .isEqualTo(made.getValue());
        }
    }

    @Test
    void knowsAllNames() throws IOException {
        assertThat(lines("names.tsv")).hasSize(408);
    }

    private static List<String> lines(String name) throws IOException {
        try (InputStream in = ConformanceTableTest.class.getResourceAsStream("/conformance/" + name)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        }
    }

    private static Path root() {
        Path here = Path.of("").toAbsolutePath();
        while (!Files.exists(here.resolve("docs/adr"))) {
            here = Objects.requireNonNull(here.getParent(), "not within the project");
        }
        return here;
    }
}
