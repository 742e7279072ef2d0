package io.orchestrator.samples.kubectl;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One kubectl of this machine, and the minor version that its name tells. */
record KubectlProgram(int minor, Path path) {
    private static final Pattern NAME = Pattern.compile("kubectl\\.1\\.(\\d+)");

    /**
     * Those named like {@code kubectl.1.32} beside the {@code kubectl} on the PATH, or beside what it links to; the oldest
     * first. None where there is no kubectl, or only one whose version its name does not tell.
     */
    static List<KubectlProgram> found() {
        List<KubectlProgram> found = new ArrayList<>();
        for (String part : System.getenv("PATH").split(":")) {
            Path kubectl = Path.of(part, "kubectl");
            if (Files.isExecutable(kubectl)) {
                try (Stream<Path> beside = Files.list(kubectl.toRealPath().getParent())) {
                    beside.forEach(path -> {
                        Matcher name = NAME.matcher(path.getFileName().toString());
                        if (name.matches() && Files.isExecutable(path)) {
                            found.add(new KubectlProgram(Integer.parseInt(name.group(1)), path));
                        }
                    });
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                break;
            }
        }
        found.sort(Comparator.comparingInt(KubectlProgram::minor));
        return found;
    }

    /** Of those found, the ones that a list like {@code 1.27,1.33} names, or all. */
    static List<KubectlProgram> chosen(List<KubectlProgram> found, String versions) {
        List<String> wanted = Arrays.asList(versions.split(","));
        return found.stream()
                .filter(program -> versions.equals("all") || wanted.contains(program.version()))
                .toList();
    }

    String version() {
        return "1." + minor;
    }
}
