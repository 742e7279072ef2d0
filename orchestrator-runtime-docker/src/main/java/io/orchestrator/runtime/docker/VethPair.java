package io.orchestrator.runtime.docker;

import io.orchestrator.spi.runtime.RuntimeFailure;
import io.orchestrator.spi.runtime.RuntimeFailure.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The cable between a container and a bridge: a pair of virtual interfaces, of which one lies in the container's network as
 * {@code eth0}. It goes when the container's network does. Blocking; thread-safe.
 */
final class VethPair {
    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final String FOLDERS = "/usr/sbin:/usr/bin:/sbin:/bin";
    private static final int NAME = 12;

    /**
     * Holds the network first and asks whose it is then, as the process may have ended and its number may be another's. An interface of that name
     * is what an earlier try left. The address of the card is made of the one of the pod, as engines do: whoever has talked to an earlier pod of that
     * address finds the new one at once.
     */
    private static final String PROGRAM = """
            set -eu
            port=$1 bridge=$2 card=$3 pid=$4 container=$5 address=$6 gateway=$7 mtu=$8
            exec 3<"/proc/$pid/ns/net"
            its=
            while read -r line; do
              case $line in *"$container"*) its=yes ;; esac
            done <"/proc/$pid/cgroup"
            [ -n "$its" ] || { echo "process $pid is not the container's"; exit 1; }
            connect() {
              ip link add "$port" mtu "$mtu" up master "$bridge" type veth \\
                peer name eth0 mtu "$mtu" address "$card" netns /proc/self/fd/3
            }
            connect || { ip link del "$port" && connect; }
            exec nsenter --net=/proc/self/fd/3 ip -batch - <<EOF
            addr add $address broadcast + dev eth0
            link set dev eth0 up
            route add default via $gateway
            EOF
            """;

    private VethPair() {}

    /**
     * Connects a container.
     *
     * @param pid of the container's first process
     * @param container the engine's id of it
     * @param address that the container gets
     * @param prefix of the subnet
     * @param mtu the largest packet that may be sent
     * @throws IOException when it cannot be connected, in the words of the programs that tried
     * @throws RuntimeFailure when a busy machine, or the end of this program, kept them from it: that says nothing of the next try
     */
    static void connect(String bridge, String gateway, long pid, String container, String address, int prefix, int mtu)
            throws IOException {
        List<String> words = List.of(
                "/bin/sh",
                "-c",
                PROGRAM,
                "sh",
                "vo" + container.substring(0, NAME),
                bridge,
                cardOf(address),
                Long.toString(pid),
                container,
                address + "/" + prefix,
                gateway,
                Integer.toString(mtu));
        run(words, DEADLINE);
    }

    private static String cardOf(String address) {
        StringBuilder card = new StringBuilder("02:42");
        for (String octet : address.split("\\.", -1)) {
            card.append(String.format(":%02x", Integer.parseInt(octet)));
        }
        return card.toString();
    }

    /** @throws IOException when the program fails, in its own words; what is said of {@link #connect} of anything else */
    static void run(List<String> words, Duration deadline) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        environment.merge("PATH", FOLDERS, (own, more) -> own + ":" + more);
        Process process = builder.start();
        try {
            process.getOutputStream().close();
            if (!process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new RuntimeFailure(
                        Kind.UNAVAILABLE, "the network was not connected within " + deadline.toSeconds() + " s", null);
            }
            if (process.exitValue() != 0) {
                String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                throw new IOException(said.isBlank() ? "exit code " + process.exitValue() : said.strip());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RuntimeFailure(Kind.UNAVAILABLE, "interrupted while a network was connected", e);
        } finally {
            process.destroyForcibly();
        }
    }
}
