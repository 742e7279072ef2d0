package io.orchestrator.samples.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * UDP in the network of a pod, whose image need know nothing of it: a program of this machine that says {@code host=} and the
 * pod's name to whoever sends something.
 */
final class Datagrams implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 2000;
    private static final String SERVER = """
            use IO::Socket::INET;
            my ($address, $port, $name) = @ARGV;
            my $s = IO::Socket::INET->new(LocalAddr => $address, LocalPort => $port, Proto => 'udp') or die "$!";
            $| = 1;
            print "ready\\n";
            while (my $from = $s->recv(my $said, 512)) { $s->send("host=$name", 0, $from); }
            """;
    private static final String CLIENT = """
            use IO::Socket::INET;
            my ($address, $port) = @ARGV;
            my $s = IO::Socket::INET->new(PeerAddr => $address, PeerPort => $port, Proto => 'udp') or die "$!";
            alarm 5;
            $s->send("who");
            $s->recv(my $said, 512);
            print $said;
            """;

    private final Process server;

    private Datagrams(Process server) {
        this.server = server;
    }

    /** @param within the words before a command that put it into the pod's network */
    static Datagrams serve(List<String> within, String address, int port, String name) {
        try {
            Process process = start(within, SERVER, address, String.valueOf(port), name);
            byte[] ready = process.getInputStream().readNBytes("ready\n".length());
            if (!new String(ready, StandardCharsets.US_ASCII).equals("ready\n")) {
                throw new IOException("no server: " + new String(ready, StandardCharsets.UTF_8));
            }
            return new Datagrams(process);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Who answers to the pod; empty when nobody does in time. */
    static String ask(List<String> within, String address, int port) throws IOException, InterruptedException {
        Process process = start(within, CLIENT, address, String.valueOf(port));
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor(10, TimeUnit.SECONDS);
        return said.startsWith("host=") ? said.substring("host=".length()) : "";
    }

    /** Who answers to this machine; empty when nobody does in time. */
    static String ask(String address, int port) {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.connect(new InetSocketAddress(InetAddress.getByName(address), port));
            byte[] who = "who".getBytes(StandardCharsets.US_ASCII);
            socket.send(new DatagramPacket(who, who.length));
            DatagramPacket answer = new DatagramPacket(new byte[512], 512);
            socket.receive(answer);
            return new String(answer.getData(), 0, answer.getLength(), StandardCharsets.UTF_8).replace("host=", "");
        } catch (IOException e) {
            return "";
        }
    }

    private static Process start(List<String> within, String program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(within);
        command.addAll(List.of("perl", "-e", program));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    @Override
    public void close() {
        server.destroyForcibly();
    }
}
