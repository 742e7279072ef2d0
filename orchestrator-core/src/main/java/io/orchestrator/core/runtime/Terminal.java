package io.orchestrator.core.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The terminal of a process, where Linux shows it. @param device such as {@code /dev/pts/3} */
record Terminal(Path device) {
    private static final Logger LOG = LoggerFactory.getLogger(Terminal.class);
    private static final Path STTY = Path.of("/usr/bin/stty");
    private static final long SECONDS = 5;
    private static final Pattern DEVICE = Pattern.compile("/dev/pts/\\d+$");

    /** That of the first process that has one, of this one and those that descend from it. */
    static Optional<Terminal> below(ProcessHandle process) {
        return Stream.concat(Stream.of(process), process.descendants())
                .map(Terminal::inputOf)
                .flatMap(Optional::stream)
                .map(Terminal::new)
                .findFirst();
    }

    private static Optional<Path> inputOf(ProcessHandle process) {
        try {
            Path input = Files.readSymbolicLink(Path.of("/proc/" + process.pid() + "/fd/0"));
            // that of a process with a root of its own is shown below that
            Matcher device = DEVICE.matcher(input.toString());
            return device.find() ? Optional.of(Path.of(device.group())) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // it has ended, is another user's, or this system shows no such thing
        }
    }

    /** Tells it its size, and by that the programs in it. */
    void resize(int columns, int rows) {
        if (columns <= 0 || rows <= 0 || !Files.isExecutable(STTY)) {
            return;
        }
        try {
            Process stty = new ProcessBuilder(
                            STTY.toString(),
                            "-F",
                            device.toString(),
                            "rows",
                            String.valueOf(rows),
                            "cols",
                            String.valueOf(columns))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!stty.waitFor(SECONDS, TimeUnit.SECONDS)) {
                stty.destroyForcibly();
            }
        } catch (IOException e) {
            LOG.debug("{} keeps its size: {}", device, e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
