package io.orchestrator.samples.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A machine beside this one, as far as packets can tell: a network namespace at the other end of a cable, that sends everything this
 * way. Its addresses are of those set apart for tests.
 */
final class AnotherMachine implements AutoCloseable {
    private final String name;
    private final String bridge;
    private final String network;

    private AnotherMachine(String name, String bridge, String network) {
        this.name = name;
        this.bridge = bridge;
        this.network = network;
    }

    static AnotherMachine connected() {
        return connected("");
    }

    /** Whose cable ends at a bridge of this machine, as those of its containers do that are none of the cluster's. */
    static AnotherMachine behindABridge() {
        return connected("ob-");
    }

    private static AnotherMachine connected(String prefix) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        String suffix = ProcessHandle.current().pid() + "-" + random.nextInt(1000);
        // Names of interfaces are short.
        AnotherMachine machine = new AnotherMachine(
                "om-" + suffix, prefix.isEmpty() ? "" : prefix + suffix, "198.19." + random.nextInt(128, 256) + ".");
        try {
            machine.ip("netns", "add", machine.name);
            machine.ip("link", "add", machine.name, "type", "veth", "peer", "name", "eth0", "netns", machine.name);
            String end = machine.name;
            if (!machine.bridge.isEmpty()) {
                end = machine.bridge;
                machine.ip("link", "add", end, "type", "bridge");
                machine.ip("link", "set", machine.name, "master", end);
                machine.ip("link", "set", end, "up");
            }
            machine.ip("addr", "add", machine.here() + "/24", "dev", end);
            machine.ip("link", "set", machine.name, "up");
            machine.ip("-n", machine.name, "addr", "add", machine.address() + "/24", "dev", "eth0");
            machine.ip("-n", machine.name, "link", "set", "eth0", "up");
            machine.ip("-n", machine.name, "route", "add", "default", "via", machine.here());
            return machine;
        } catch (RuntimeException | Error e) {
            machine.close();
            throw e;
        }
    }

    /** Its own. */
    String address() {
        return network + 2;
    }

    /** That of this machine, as it knows it. */
    String here() {
        return network + 1;
    }

    /** Whether a server answers it there. */
    boolean reaches(String address, int port) {
        String ask =
                "exec 3<>/dev/tcp/%s/%d; printf 'GET / HTTP/1.0\\r\\n\\r\\n' >&3; cat <&3".formatted(address, port);
        return run("ip", "netns", "exec", name, "timeout", "5", "bash", "-c", ask)
                .contains("host=");
    }

    private void ip(String... words) {
        List<String> command = new ArrayList<>(List.of("ip"));
        command.addAll(List.of(words));
        assertThat(run(command.toArray(String[]::new))).isEmpty();
    }

    private static String run(String... command) {
        try {
            List<String> bounded = new ArrayList<>(List.of("timeout", "-k", "5", "30"));
            bounded.addAll(List.of(command));
            Process process =
                    new ProcessBuilder(bounded).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Its end of the cable goes with it, and so does ours. */
    @Override
    public void close() {
        run("ip", "link", "del", name);
        if (!bridge.isEmpty()) {
            run("ip", "link", "del", bridge);
        }
        run("ip", "netns", "del", name);
    }
}
