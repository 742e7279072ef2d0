package io.orchestrator.benchmarks.network;

import io.orchestrator.core.network.address.HostCommand;
import io.orchestrator.spi.network.ServicePort.Endpoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A pod as containers are: a process with a network of its own, behind a bridge. Needs root. Its addresses are those that are
 * set apart for benchmarks, so that nobody else has them.
 */
final class EchoPod implements AutoCloseable {
    /** An address of this machine's that a service may have: nobody on loopback reaches a pod behind a bridge. */
    static final String SERVICE = "198.19.77.1";

    private static final String NAME = "orchbench";
    private static final String POD = "198.18.77.2";
    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final HostCommand HOST = new HostCommand();

    private final Process process;
    private final Endpoint endpoint;

    private EchoPod(Process process, Endpoint endpoint) {
        this.process = process;
        this.endpoint = endpoint;
    }

    static EchoPod start() throws IOException {
        remove();
        for (String line : """
                netns add %1$s
                link add %1$s type bridge
                addr add 198.18.77.1/24 dev %1$s
                link set %1$s up
                link add %1$s-pod type veth peer name eth0 netns %1$s
                link set %1$s-pod master %1$s up
                -n %1$s addr add %2$s/24 dev eth0
                -n %1$s link set eth0 up
                addr add %3$s/32 dev lo
                """.formatted(NAME, POD, SERVICE).lines().toList()) {
            ip(line);
        }
        Process process = new ProcessBuilder(
                        "ip",
                        "netns",
                        "exec",
                        NAME,
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        EchoPod.class.getName(),
                        POD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String port = process.inputReader(StandardCharsets.US_ASCII).readLine();
        if (port == null) {
            remove();
            throw new IOException("the pod ended before it said its port");
        }
        return new EchoPod(process, new Endpoint(POD, Integer.parseInt(port)));
    }

    private static void ip(String line) {
        List<String> command = new java.util.ArrayList<>(List.of("ip"));
        command.addAll(List.of(line.strip().split(" ")));
        if (!HOST.run(command, "", DEADLINE).succeeded()) {
            throw new IllegalStateException(String.join(" ", command) + " failed");
        }
    }

    /** Also what a run that was killed has left. */
    private static void remove() {
        for (List<String> command : List.of(
                List.of("ip", "link", "del", NAME + "-pod"),
                List.of("ip", "link", "del", NAME),
                List.of("ip", "netns", "del", NAME),
                List.of("ip", "addr", "del", SERVICE + "/32", "dev", "lo"))) {
            // Fails for what is not there.
            HOST.run(command, "", DEADLINE);
        }
    }

    Endpoint endpoint() {
        return endpoint;
    }

    /** Processor time that it has used so far. */
    double cpuSeconds() {
        return process.toHandle()
                        .info()
                        .totalCpuDuration()
                        .orElse(Duration.ZERO)
                        .toNanos()
                / 1e9;
    }

    @Override
    public void close() throws IOException, InterruptedException {
        process.outputWriter().close();
        if (!process.waitFor(5, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        remove();
    }

    /** In the process of the pod: serves until its input ends. @param arguments the address */
    public static void main(String[] arguments) throws IOException {
        try (EchoBackend backend = new EchoBackend(arguments[0])) {
            System.out.println(backend.endpoint().port());
            while (System.in.read() >= 0) {
                // Nothing is said but the end.
            }
        }
    }
}
