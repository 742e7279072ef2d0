package io.orchestrator.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What became of each name: a test that carries it in an annotation, or the reason why it does not apply. A test that is switched
 * off counts for nothing, and one that fails breaks the build that would publish the table.
 */
final class ConformanceTable {
    private static final Pattern ANNOTATION = Pattern.compile("@Conformance\\((.*?)\\)\\s*\\n", Pattern.DOTALL);
    private static final Pattern TEXT = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern METHOD = Pattern.compile("void (\\w+)\\(");

    /** Of the names, and with which area each begins: none has more lines than are read with ease. */
    private static final Map<String, String> PARTS = new TreeMap<>(Map.of("a-m", "", "n-z", "n"));

    private record Name(String area, String since, String text) {}

    private final Path root;
    private final List<Name> names;
    private final Map<String, String> inapplicable;
    private final Map<String, TreeSet<String>> tests = new TreeMap<>();

    /** The lines of {@code names} are area, version and name, those of {@code inapplicable} name and reason. */
    ConformanceTable(Path root, List<String> names, List<String> inapplicable) {
        this.root = root;
        this.names = names.stream()
                .map(line -> line.split("\t", 3))
                .map(parts -> new Name(parts[0], parts[1], parts[2].trim()))
                .toList();
        this.inapplicable = new LinkedHashMap<>();
        inapplicable.stream()
                .map(line -> line.split("\t", 2))
                .forEach(parts -> this.inapplicable.put(parts[0], parts[1]));
        sources().forEach(this::read);
    }

    /** What is annotated, or explained, and is no name. */
    List<String> unknown() {
        List<String> known = names.stream().map(Name::text).toList();
        return Stream.concat(tests.keySet().stream(), inapplicable.keySet().stream())
                .filter(name -> !known.contains(name))
                .toList();
    }

    /** Each file, by where it stands: a summary, and the names, which are too many for one. */
    Map<String, String> files() {
        Map<String, List<Name>> areas = new TreeMap<>();
        names.forEach(name ->
                areas.computeIfAbsent(name.area(), area -> new ArrayList<>()).add(name));
        Map<String, String> files = new LinkedHashMap<>();
        files.put("docs/conformance.md", summary());
        PARTS.forEach((part, first) -> files.put("docs/conformance/" + part + ".md", part(part, first, areas)));
        return files;
    }

    private String summary() {
        long passed = passed(names);
        long without = names.stream()
                .filter(name -> !tests.containsKey(name.text()) && inapplicable.containsKey(name.text()))
                .count();
        StringBuilder text = new StringBuilder();
        text.append("# Conformance\n\nKubernetes 1.32 has ")
                .append(names.size())
                .append(" conformance tests. What became of each stands in lists by area, ")
                .append(PARTS.keySet().stream()
                        .map(part -> "[" + part + "](conformance/" + part + ".md)")
                        .collect(Collectors.joining(" and ")))
                .append(", which\n")
                .append(
                        "are made from the tests of this project by `ConformanceTableTest`, as this is; do not edit them. *Passed* means\n")
                .append(
                        "that a test of ours, which the build runs against a whole cluster, asks the same; *open* that none does yet,\n")
                .append("whatever works. A contract is asked of containers and of processes.\n\n")
                .append("| passed | not applicable | open |\n|--|--|--|\n| ")
                .append(passed)
                .append(" | ")
                .append(without)
                .append(" | ")
                .append(names.size() - passed - without)
                .append(" |\n");
        return text.toString();
    }

    private String part(String part, String first, Map<String, List<Name>> areas) {
        StringBuilder text =
                new StringBuilder("# Conformance: areas " + part + "\n\nSee [the summary](../conformance.md).\n");
        areas.forEach((area, those) -> {
            if (partOf(area).equals(first)) {
                append(text, area, those);
            }
        });
        return text.toString();
    }

    /** The beginning of the last part that an area does not stand before. */
    private static String partOf(String area) {
        return PARTS.values().stream()
                .filter(first -> first.compareTo(area) <= 0)
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    private void append(StringBuilder text, String area, List<Name> those) {
        text.append("\n## ")
                .append(area)
                .append(" (")
                .append(passed(those))
                .append(" of ")
                .append(those.size())
                .append(")\n\n| Name | Since | State |\n|--|--|--|\n");
        those.forEach(name -> text.append("| ")
                .append(name.text().replace("|", "\\|"))
                .append(" | ")
                .append(name.since())
                .append(" | ")
                .append(state(name))
                .append(" |\n"));
    }

    private long passed(List<Name> those) {
        return those.stream().filter(name -> tests.containsKey(name.text())).count();
    }

    private String state(Name name) {
        TreeSet<String> by = tests.get(name.text());
        if (by != null) {
            return "passed: " + String.join(", ", by);
        }
        String why = inapplicable.get(name.text());
        return why == null ? "open" : "not applicable: " + why;
    }

    private void read(Path source) {
        String text;
        try {
            text = Files.readString(source);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Matcher annotation = ANNOTATION.matcher(text);
        while (annotation.find()) {
            Matcher method = METHOD.matcher(text);
            if (!method.find(annotation.end())) {
                continue;
            }
            String between = text.substring(annotation.end(), method.start());
            if (between.contains("@Disabled")) {
                continue;
            }
            String test = source.getFileName().toString().replace(".java", "") + "." + method.group(1);
            names(annotation.group(1))
                    .forEach(name -> tests.computeIfAbsent(name, fresh -> new TreeSet<>())
                            .add("`" + test + "`"));
        }
    }

    /** Texts that are put together with a plus are one. */
    private static List<String> names(String argument) {
        List<String> names = new ArrayList<>();
        Matcher text = TEXT.matcher(argument);
        int end = 0;
        while (text.find()) {
            String part = text.group(1).replace("\\\"", "\"");
            if (!names.isEmpty() && argument.substring(end, text.start()).contains("+")) {
                names.add(names.remove(names.size() - 1) + part);
            } else {
                names.add(part);
            }
            end = text.end();
        }
        return names;
    }

    private List<Path> sources() {
        try (Stream<Path> modules = Files.list(root)) {
            List<Path> sources = new ArrayList<>();
            for (Path module : modules.sorted().toList()) {
                Path tests = module.resolve("src/test/java");
                if (Files.isDirectory(tests)) {
                    try (Stream<Path> files = Files.walk(tests)) {
                        files.filter(file -> file.toString().endsWith(".java"))
                                .sorted()
                                .forEach(sources::add);
                    }
                }
            }
            return sources;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
