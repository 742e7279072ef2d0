package io.orchestrator.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The Markdown files of a project, and where they have drifted from what is beside them. */
record Documents(Path root) {

    private static final Pattern JAVA = Pattern.compile("^```java\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern LINK = Pattern.compile("\\[[^\\]]*\\]\\(([^)#\\s]+)[^)]*\\)");

    /** Java shown to readers that is not, line by line, part of a file of the samples, which the build compiles and runs. */
    List<String> snippetsOfNoSample() {
        List<List<String>> samples = files(root.resolve("samples").resolve("src"), ".java")
                .map(Documents::codeOf)
                .toList();
        List<String> strangers = new ArrayList<>();
        documents().forEach(document -> {
            Matcher snippet = JAVA.matcher(read(document));
            while (snippet.find()) {
                List<String> code = code(snippet.group(1));
                if (samples.stream().noneMatch(sample -> Collections.indexOfSubList(sample, code) >= 0)) {
                    strangers.add(root.relativize(document) + ": " + code.get(0) + " …");
                }
            }
        });
        return strangers;
    }

    /** Links into the project that lead nowhere. */
    List<String> brokenLinks() {
        List<String> broken = new ArrayList<>();
        documents().forEach(document -> {
            Matcher link = LINK.matcher(read(document));
            while (link.find()) {
                String target = link.group(1);
                if (!target.contains(":") && !Files.exists(document.resolveSibling(target))) {
                    broken.add(root.relativize(document) + ": " + target);
                }
            }
        });
        return broken;
    }

    private Stream<Path> documents() {
        try (Stream<Path> top = Files.list(root)) {
            List<Path> here =
                    top.filter(file -> file.toString().endsWith(".md")).toList();
            return Stream.concat(here.stream(), files(root.resolve("docs"), ".md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Path> files(Path folder, String ending) {
        if (!Files.isDirectory(folder)) {
            return Stream.empty();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(ending)).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> codeOf(Path file) {
        return code(read(file));
    }

    /** The lines as the compiler sees them: a document may indent and space them as it likes. */
    private static List<String> code(String text) {
        return text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
