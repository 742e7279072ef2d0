package io.orchestrator.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentsTest {

    @Nested
    class OurDocuments {
        private final Documents documents =
                new Documents(SourceTree.ofThisBuild().root());

        @Test
        void showOnlyJavaThatTheSamplesCompile() {
            assertThat(documents.snippetsOfNoSample()).isEmpty();
        }

        @Test
        void linkOnlyToWhatIsThere() {
            assertThat(documents.brokenLinks()).isEmpty();
        }
    }

    @Nested
    class DocumentsThatHaveDrifted {
        @TempDir
        Path root;

        @Test
        void areFoundByTheirSnippets() throws IOException {
            write("samples/src/main/java/Host.java", "class Host {\n    void run() {\n\n        start();\n    }\n}\n");
            write("README.md", "```java\nvoid run() {\n    start();\n}\n```\n");
            assertThat(new Documents(root).snippetsOfNoSample()).isEmpty();

            write("docs/guide.md", "```java\nvoid run() {\n    begin();\n}\n```\n");
            assertThat(new Documents(root).snippetsOfNoSample()).containsExactly("docs/guide.md: void run() { …");
        }

        @Test
        void areFoundByTheirLinks() throws IOException {
            write("docs/guide.md", "[up](../README.md#top) [out](https://example.org/x) [gone](missing.md)");
            write("README.md", "[guide](docs/guide.md)");

            assertThat(new Documents(root).brokenLinks()).containsExactly("docs/guide.md: missing.md");
        }

        private void write(String file, String text) throws IOException {
            Path path = root.resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, text);
        }
    }
}
