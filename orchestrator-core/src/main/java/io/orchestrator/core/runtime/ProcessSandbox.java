package io.orchestrator.core.runtime;

import io.orchestrator.spi.runtime.SandboxSpec;
import io.orchestrator.spi.runtime.SandboxState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A pod's surroundings among processes: an address and a name. What is written down of it.
 *
 * @param boot of which run of the machine it is: after another one its processes are gone
 */
record ProcessSandbox(SandboxSpec spec, String address, boolean stopped, String createdAt, String boot) {
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
    /** This run of the machine, which no JVM outlives. */
    private static final String THIS_BOOT = readBootId();

    static String bootId() {
        return THIS_BOOT;
    }

    private static String readBootId() {
        try {
            return Files.exists(BOOT_ID) ? Files.readString(BOOT_ID).trim() : "";
        } catch (IOException e) {
            return "";
        }
    }

    ProcessSandbox stop() {
        return new ProcessSandbox(spec, address, true, createdAt, boot);
    }

    boolean ready() {
        return !stopped && boot.equals(bootId());
    }

    /** @param created what the text of it says */
    SandboxState state(Instant created) {
        return new SandboxState(
                spec.id(),
                spec.attempt(),
                spec.pod(),
                ready(),
                ready() && !address.isEmpty() ? List.of(address) : List.of(),
                created,
                spec.labels(),
                spec.annotations());
    }

    /** What every process in it sees, whatever its container says. */
    Map<String, String> environment() {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("PATH", System.getenv().getOrDefault("PATH", "/usr/local/bin:/usr/bin:/bin"));
        variables.put("HOME", System.getProperty("user.home", "/"));
        variables.put("HOSTNAME", spec.hostname());
        if (!address.isEmpty()) {
            variables.put("POD_IP", address);
        }
        return variables;
    }
}
