package io.orchestrator.runtime.docker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Whether an engine sees what this process mounts. It may be on another machine, in a virtual one, or in a container, or this process
 * may be, and its containers would then be shown what lies below. Who mounts for a container is the parent of its first process, so
 * it is the parent's table of mounts that tells, where it may be read. Stateless.
 */
final class EngineMounts {
    /** Which words of a line of the table say of what a mount is, and where: device, root and place. */
    private static final int FIRST = 2;

    private static final int LAST = 4;
    /** Which word behind the name of a process' program is its parent. */
    private static final int PARENT = 1;

    private EngineMounts() {}

    /**
     * @param engineId of a container that runs, by which its process is told from another one with that id on another machine
     * @param pid of its first process
     * @param place at which this process has mounted something
     * @param proc where the machine tells of its processes
     */
    static boolean see(String engineId, long pid, Path place, Path proc) {
        try {
            Path process = proc.resolve(String.valueOf(pid));
            if (!text(process.resolve("cgroup")).contains(engineId)) {
                return false;
            }
            List<String> ours = at(place, proc.resolve("self")).toList();
            // what was mounted last is what is seen
            return !ours.isEmpty()
                    && at(place, proc.resolve(parent(process)))
                            .reduce((first, second) -> second)
                            .filter(ours.get(ours.size() - 1)::equals)
                            .isPresent();
        } catch (IOException e) {
            return false; // it has ended, or is not ours to ask
        }
    }

    /**
     * @param engineId of a container that runs
     * @param pid of its first process
     * @param folder that this process sees
     * @param proc where the machine tells of its processes
     * @return whether the engine has the very same one at that place
     */
    static boolean sees(String engineId, long pid, Path folder, Path proc) {
        try {
            Path process = proc.resolve(String.valueOf(pid));
            if (!text(process.resolve("cgroup")).contains(engineId)) {
                return false;
            }
            Path root = proc.resolve(parent(process)).resolve("root");
            return Files.isSameFile(folder, root.resolve(Path.of("/").relativize(folder.toAbsolutePath())));
        } catch (IOException e) {
            return false; // it has ended, or is not ours to ask, or there is nothing
        }
    }

    private static Stream<String> at(Path place, Path process) throws IOException {
        return text(process.resolve("mountinfo"))
                .lines()
                .map(line -> line.split(" "))
                .filter(words -> words.length > LAST && plain(words[LAST]).equals(place.toString()))
                .map(words -> String.join(" ", List.of(words).subList(FIRST, LAST + 1)));
    }

    private static String parent(Path process) throws IOException {
        String line = text(process.resolve("stat"));
        // a program's name may hold anything, brackets as well
        String[] words = line.substring(line.lastIndexOf(')') + 1).strip().split(" ");
        return words.length > PARENT ? words[PARENT] : "none";
    }

    /** Others may have named theirs in any bytes, which need not be text here. */
    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }

    /** The kernel writes what would be taken for the end of a word by its number. */
    private static String plain(String place) {
        return place.replace("\\040", " ")
                .replace("\\011", "\t")
                .replace("\\012", "\n")
                .replace("\\134", "\\");
    }
}
