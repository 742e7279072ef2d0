package io.orchestrator.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The source files of a build of several modules, and what is wrong with them. */
record SourceTree(Path root) {

    static final int MAIN_LIMIT = 500;
    static final int TEST_LIMIT = 700;
    static final int NINE_IN_TEN = 250;

    private static final Path MAIN = Path.of("src", "main", "java");
    private static final Path TEST = Path.of("src", "test", "java");

    /** The build that this test runs in, from whichever folder it was started. */
    static SourceTree ofThisBuild() {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve("orchestrator-api").resolve("pom.xml"))) {
                return new SourceTree(folder);
            }
        }
        throw new IllegalStateException(
                "not below the root of the build: " + Path.of("").toAbsolutePath());
    }

    /** Where the modules' classes are once they are compiled, without their tests. */
    List<Path> mainClasses() {
        return compiledTo("classes");
    }

    List<Path> testClasses() {
        return compiledTo("test-classes");
    }

    private List<Path> compiledTo(String folder) {
        return modules().stream()
                .map(module -> module.resolve("target").resolve(folder))
                .filter(Files::isDirectory)
                .toList();
    }

    List<String> filesThatAreTooLong() {
        return Stream.concat(longerThan(MAIN_LIMIT, MAIN), longerThan(TEST_LIMIT, TEST))
                .toList();
    }

    /** How long the file is that nine in ten do not exceed; 0 when there is none. */
    int lengthOfNineInTen() {
        List<Integer> lengths =
                javaFiles(MAIN).stream().map(SourceTree::lines).sorted().toList();
        return lengths.isEmpty() ? 0 : lengths.get((int) Math.ceil(lengths.size() * 0.9) - 1);
    }

    List<String> packagesWithoutDescription() {
        TreeSet<Path> packages =
                javaFiles(MAIN).stream().map(Path::getParent).collect(Collectors.toCollection(TreeSet::new));
        return packages.stream()
                .filter(folder -> !describes(folder.resolve("package-info.java")))
                .map(this::name)
                .toList();
    }

    List<String> filesWith(String text) {
        return Stream.of(MAIN, TEST)
                .flatMap(part -> javaFiles(part).stream())
                .filter(file -> read(file).contains(text))
                .map(this::name)
                .toList();
    }

    private static boolean describes(Path packageInfo) {
        if (!Files.exists(packageInfo)) {
            return false;
        }
        String text = read(packageInfo);
        return text.contains("/**") && text.contains("@NullMarked");
    }

    private Stream<String> longerThan(int limit, Path part) {
        return javaFiles(part).stream()
                .filter(file -> lines(file) > limit)
                .map(file -> name(file) + ": " + lines(file) + " lines, " + limit + " are allowed");
    }

    private List<Path> javaFiles(Path part) {
        return modules().stream()
                .map(module -> module.resolve(part))
                .filter(Files::isDirectory)
                .flatMap(folder -> walk(folder, file -> file.toString().endsWith(".java")))
                .toList();
    }

    private List<Path> modules() {
        try (Stream<Path> folders = Files.list(root)) {
            return folders.filter(folder -> Files.exists(folder.resolve("pom.xml")))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String name(Path file) {
        return root.relativize(file).toString();
    }

    private static Stream<Path> walk(Path folder, Predicate<Path> wanted) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(wanted).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int lines(Path file) {
        return (int) read(file).lines().count();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
