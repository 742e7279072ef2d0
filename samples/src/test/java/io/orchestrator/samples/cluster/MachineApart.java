package io.orchestrator.samples.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.orchestrator.testkit.machine.OwnDockerd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * As good as a machine of its own: a network namespace with a Docker engine in it, whose packet rules are its own, too. It has
 * nothing but a cable, to which an address is given.
 */
final class MachineApart implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration STEP = Duration.ofMillis(200);

    private final String name;
    private final String address;
    private final Path folder;
    private final OwnDockerd dockerd;
    private final Process engine;

    private MachineApart(String name, String address, Path folder) throws IOException, InterruptedException {
        this.name = name;
        this.address = address;
        this.folder = folder;
        run(List.of("ip", "-n", name, "link", "set", "lo", "up"));
        run(List.of("ip", "-n", name, "addr", "add", address + "/24", "dev", name));
        run(List.of("ip", "-n", name, "link", "set", name, "up"));
        this.dockerd = new OwnDockerd(folder, name);
        this.engine = begin();
    }

    /** Two at the ends of one cable; skips the test where they are not to be had. @param image which both engines have */
    static List<MachineApart> two(Path folder, String image) throws IOException, InterruptedException {
        assumeTrue(OwnDockerd.isPossible(), "there is no dockerd to start, or we are not root");
        String suffix = Long.toString(ProcessHandle.current().pid(), Character.MAX_RADIX);
        List<String> names = List.of("oa" + suffix, "ob" + suffix);
        List<MachineApart> machines = new ArrayList<>();
        try {
            for (String name : names) {
                run(List.of("ip", "netns", "add", name));
            }
            run(List.of("ip", "link", "add", names.get(0), "type", "veth", "peer", "name", names.get(1)));
            for (String name : names) {
                run(List.of("ip", "link", "set", name, "netns", name));
            }
            for (int i = 0; i < names.size(); i++) {
                Path own = Files.createDirectories(folder.resolve("machine-" + i));
                machines.add(new MachineApart(names.get(i), "10.213.8." + (i + 1), own));
            }
            Path archive = folder.resolve("images.tar");
            run(List.of("docker", "save", "-o", archive.toString(), image));
            for (MachineApart machine : machines) {
                machine.awaitEngine();
                machine.docker("load", "-q", "-i", archive.toString());
            }
            return machines;
        } catch (IOException e) {
            end(machines, names);
            return abort("no machines with an engine each are to be had here: " + e.getMessage());
        } catch (RuntimeException | InterruptedException | Error e) {
            end(machines, names);
            throw e;
        }
    }

    private static void end(List<MachineApart> machines, List<String> names) throws InterruptedException {
        for (MachineApart machine : machines) {
            machine.close();
        }
        for (String name : names) {
            quietly(List.of("ip", "netns", "del", name));
        }
    }

    /** What a program is run by in it. The files are those of all. */
    List<String> within() {
        return List.of("env", "DOCKER_HOST=" + host(), "nsenter", "--net=/var/run/netns/" + name);
    }

    String address() {
        return address;
    }

    String routes() throws IOException, InterruptedException {
        return run(List.of("ip", "-n", name, "-4", "route"));
    }

    private String host() {
        return dockerd.host();
    }

    private Process begin() throws IOException {
        List<String> command = new ArrayList<>(within());
        command.add("dockerd");
        return dockerd.daemon(command, List.of("--bridge", "none")).start();
    }

    private void awaitEngine() throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                docker("version", "--format", "{{.Server.Version}}");
                return;
            } catch (IOException notYet) {
                if (!engine.isAlive() || System.nanoTime() - end > 0) {
                    throw new IOException(dockerd.lastSaid(), notYet);
                }
                LockSupport.parkNanos(STEP.toNanos());
            }
        }
    }

    private String docker(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("docker", "-H", host()));
        command.addAll(List.of(words));
        return run(command);
    }

    private static String run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes()).strip();
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .as(String.join(" ", command))
                .isTrue();
        if (process.exitValue() != 0) {
            throw new IOException(String.join(" ", command) + ": " + said);
        }
        return said;
    }

    private static void quietly(List<String> command) throws InterruptedException {
        try {
            run(command);
        } catch (IOException e) {
            System.err.println(e.getMessage());
        }
    }

    /** With all that runs in it. */
    @Override
    public void close() throws InterruptedException {
        quietly(List.of(
                "sh", "-c", "docker -H " + host() + " ps -aq | xargs -r docker -H " + host() + " rm -f >/dev/null"));
        engine.destroy();
        if (!engine.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            engine.destroyForcibly().waitFor();
        }
        quietly(List.of("ip", "netns", "del", name));
        quietly(List.of("rm", "-rf", folder.toString()));
    }
}
