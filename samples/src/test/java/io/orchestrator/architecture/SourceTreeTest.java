package io.orchestrator.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceTreeTest {

    @Nested
    class TheBuild {
        private final SourceTree tree = SourceTree.ofThisBuild();

        @Test
        void hasNoLongFiles() {
            assertThat(tree.filesThatAreTooLong()).isEmpty();
        }

        @Test
        void hasShortFilesNineTimesInTen() {
            assertThat(tree.lengthOfNineInTen()).isPositive().isLessThanOrEqualTo(SourceTree.NINE_IN_TEN);
        }

        @Test
        void describesEveryPackage() {
            assertThat(tree.packagesWithoutDescription()).isEmpty();
        }

        @Test
        void namesNoAuthors() {
            // The history knows better, and put together here, or this file would be found.
            assertThat(tree.filesWith("@" + "author")).isEmpty();
        }
    }

    @Nested
    class ATreeThatBreaksTheRules {
        @TempDir
        Path root;

        private SourceTree tree;

        @BeforeEach
        void writeModule() throws IOException {
            Files.createDirectories(root.resolve("a"));
            Files.writeString(root.resolve("a/pom.xml"), "<project/>");
            tree = new SourceTree(root);
        }

        @Test
        void isFoundToHaveLongFiles() throws IOException {
            write("src/main/java/p/Fits.java", "x\n".repeat(SourceTree.MAIN_LIMIT));
            write("src/main/java/p/Main.java", "x\n".repeat(SourceTree.MAIN_LIMIT + 1));
            write("src/test/java/p/FitsTest.java", "x\n".repeat(SourceTree.TEST_LIMIT));
            write("src/test/java/p/LongTest.java", "x\n".repeat(SourceTree.TEST_LIMIT + 1));

            assertThat(tree.filesThatAreTooLong())
                    .hasSize(2)
                    .anyMatch(problem -> problem.contains("Main.java"))
                    .anyMatch(problem -> problem.contains("LongTest.java"));
            assertThat(tree.lengthOfNineInTen()).isEqualTo(SourceTree.MAIN_LIMIT + 1);
        }

        @Test
        void isFoundToLackDescriptions() throws IOException {
            write("src/main/java/none/Type.java", "class Type {}");
            write("src/main/java/bare/package-info.java", "package bare;");
            write("src/main/java/good/package-info.java", "/** What it is for. */\n@NullMarked\npackage good;");

            assertThat(tree.packagesWithoutDescription())
                    .containsExactly("a/src/main/java/bare", "a/src/main/java/none");
        }

        @Test
        void isFoundToNameAuthors() throws IOException {
            write("src/main/java/p/Type.java", "/** @" + "author me */ class Type {}");

            assertThat(tree.filesWith("@" + "author")).hasSize(1);
        }

        private void write(String file, String text) throws IOException {
            Path path = root.resolve("a").resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, text);
        }
    }
}
