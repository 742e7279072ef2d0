package io.orchestrator.testkit.junit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Met when this process runs as root on Linux. */
public final class Root implements Requirement {

    @Override
    public Optional<String> missing() {
        // The owner of a process's own entry is its effective user; Java has no call of its own for that.
        Path self = Path.of("/proc/self");
        try {
            Object uid = Files.getAttribute(self, "unix:uid");
            return uid.equals(0) ? Optional.empty() : Optional.of("not root, but user " + uid);
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return Optional.of("cannot tell who runs this test: " + e);
        }
    }
}
